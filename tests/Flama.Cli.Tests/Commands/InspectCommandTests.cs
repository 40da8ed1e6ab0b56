using System.Text;
using System.Text.Json;
using Flama.Tests;

namespace Flama.Cli.Tests.Commands;

public sealed class InspectCommandTests
{
    [Fact]
    public async Task Inspect_Package_ShowsWhatModelInspectShows()
    {
        TestConsole console = new();
        TestConsole other = new();

        var exit = await console.RunAsync("inspect", TestModels.Xor);
        await other.RunAsync("model", TestModels.Xor, "inspect");

        Assert.Equal(0, exit);
        Assert.Equal(other.Output, console.Output);
    }

    [Fact]
    public async Task Audit_CleanPackage_Is0AndListsWhatItNames()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("inspect", "--audit", TestModels.Xor);

        using var document = JsonDocument.Parse(console.Output);
        Assert.Equal(0, exit);
        Assert.Equal("clean", document.RootElement.GetProperty("verdict").GetString());
        Assert.Contains(
            document.RootElement.GetProperty("pickle").GetProperty("globals").EnumerateArray(), global => global.GetProperty("name").GetString() == "MLPClassifier");
    }

    [Fact]
    public async Task Audit_HostileFile_Is1_AlsoAsSarif()
    {
        using TemporaryDirectory directory = new();
        var path = directory.PathOf("evil.pkl");
        await File.WriteAllBytesAsync(path, Encoding.Latin1.GetBytes("\u0080\u0002cos\nsystem\nX\u0001\0\0\0x\u0085R."), TestContext.Current.CancellationToken);
        TestConsole console = new();

        var exit = await console.RunAsync("inspect", "--audit", path, "--format", "sarif");

        using var document = JsonDocument.Parse(console.Output);
        var result = document.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal(1, exit);
        Assert.Equal("disallowed_global", result.GetProperty("ruleId").GetString());
    }

    [Fact]
    public async Task Audit_MissingFile_Is2()
    {
        using TemporaryDirectory directory = new();
        TestConsole console = new();

        var exit = await console.RunAsync("inspect", "--audit", directory.PathOf("none.pkl"), "--pretty");

        Assert.Equal(2, exit);
        Assert.Contains("\"verdict\": \"error\"", console.Output, StringComparison.Ordinal);
    }
}
