using Flama.Tests;

namespace Flama.Cli.Tests.Logging;

public sealed class LogSetupTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Serve_LogConfigurationMissing_IsUsage()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("serve", TestModels.Xor, "--server-log-config", directory.PathOf("no.yaml"));

        Assert.Equal(2, exit);
        Assert.StartsWith($"Error: There is no log configuration '{directory.PathOf("no.yaml")}'.\n", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_LogFileThatCannotBe_IsAFailure()
    {
        await File.WriteAllTextAsync(directory.PathOf("log.yaml"), "handlers: {f: {class: logging.FileHandler, filename: /no/such/folder/a.log}}\nroot: {handlers: [f]}", TestContext.Current.CancellationToken);
        TestConsole console = new();

        var exit = await console.RunAsync("serve", TestModels.Xor, "--server-port=0", "--server-log-config", directory.PathOf("log.yaml"));

        Assert.Equal(1, exit);
        Assert.StartsWith("Error: The log cannot be written to '/no/such/folder/a.log'.\n", console.Error, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();
}
