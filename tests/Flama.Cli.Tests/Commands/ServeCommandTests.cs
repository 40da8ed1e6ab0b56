namespace Flama.Cli.Tests.Commands;

/// <summary>What stops a server before it listens; servers that run are tested as processes.</summary>
public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_NoModel_SaysHowToGiveOne()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("serve");

        Assert.Equal(2, exit);
        Assert.Equal("Error: No MODEL was given.\nWrite: flama serve MODEL, or set FLAMA_MODEL_PATH.\n", console.Error);
    }

    [Fact]
    public async Task Serve_ModelMissing_IsUsage()
    {
        TestConsole console = new() { Variables = { ["FLAMA_MODEL_PATH"] = "no-such-model.flm" } };

        var exit = await console.RunAsync("serve");

        Assert.Equal(2, exit);
        Assert.StartsWith("Error: There is no model file 'no-such-model.flm'", console.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no.such.host.invalid", "--server-host is 'no.such.host.invalid', and no address has that name.")]
    [InlineData("", "--server-host is '', and no address has that name.")]
    [InlineData("192.0.2.1", "The server cannot listen on 192.0.2.1, port 0: this machine has no such address.")]
    public async Task Serve_AddressNotAvailable_SaysWhy(string host, string expected)
    {
        TestConsole console = new();

        var exit = await console.RunAsync("serve", TestModels.Xor, "--server-host", host, "--server-port", "0");

        Assert.Equal(1, exit);
        var lines = console.Error.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("INFO:", StringComparison.Ordinal)).ToList();
        Assert.Equal($"Error: {expected}", lines[0]);
        Assert.Equal(2, lines.Count);
    }
}
