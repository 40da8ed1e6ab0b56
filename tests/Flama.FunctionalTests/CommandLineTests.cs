using System.Text;

namespace Flama.FunctionalTests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Version_IsOneLine()
    {
        var result = await FlamaProcess.RunAsync(["--version"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^Flama \d+\.\d+\.\d+\S* \(\.NET 10\.\d+\.\d+\S*, [a-z0-9.-]+\)\n$", result.Output);
    }

    [Fact]
    public async Task Run_WithoutArguments_ShowsHelp()
    {
        var bare = await FlamaProcess.RunAsync([]);
        var asked = await FlamaProcess.RunAsync(["--help"]);

        Assert.Equal(0, bare.ExitCode);
        Assert.StartsWith("Usage: flama", bare.Output, StringComparison.Ordinal);
        Assert.Equal(asked, bare);
    }

    [Theory]
    [InlineData("nope", "'flama' has no command 'nope'.")]
    [InlineData("--nope", "'flama' has no option --nope.")]
    [InlineData("serve", "No MODEL was given.")]
    public async Task Run_WrongUsage_Is2(string argument, string expected)
    {
        var result = await FlamaProcess.RunAsync([argument]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Equal($"Error: {expected}", result.ErrorLines[0]);
        Assert.Equal(2, result.ErrorLines.Count);
    }

    [Fact]
    public async Task Model_Commands_DoNotLoadTheWebServer()
    {
        var (result, loaded) = await TraceAsync(["model", Xor.Path, "predict"], Xor.Rows);

        Assert.Equal("[0, 1, 1, 0]\n", result.Output);
        Assert.Contains("Flama.Sklearn", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.AspNetCore", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Flama.AspNetCore", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("YamlDotNet", loaded, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", "[{\"file\": \"a.flm\"}]", false)]
    [InlineData("a.yaml", "- file: a.flm", true)]
    public async Task Config_Files_LoadTheParserOfYamlForYamlOnly(string name, string content, bool isLoaded)
    {
        var directory = Directory.CreateTempSubdirectory("flama-functional-tests-");
        try
        {
            var file = Path.Combine(directory.FullName, name);
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

            var (result, loaded) = await TraceAsync(["config", "--model", $"@{file}"], "");

            Assert.Equal(0, result.ExitCode);
            Assert.Equal(isLoaded, loaded.Contains("YamlDotNet", StringComparison.Ordinal));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The runtime itself is asked which assemblies it loads, by an event trace.</summary>
    private static async Task<(FlamaResult Result, string Loaded)> TraceAsync(IEnumerable<string> arguments, string input)
    {
        var trace = Path.Combine(Path.GetTempPath(), $"flama-{Guid.NewGuid():N}.nettrace");
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["DOTNET_EnableEventPipe"] = "1",
            ["DOTNET_EventPipeConfig"] = "Microsoft-Windows-DotNETRuntime:0x8:4",
            ["DOTNET_EventPipeOutputPath"] = trace,
        };
        try
        {
            var result = await FlamaProcess.RunAsync(arguments, input, variables);
            var bytes = await File.ReadAllBytesAsync(trace, TestContext.Current.CancellationToken);
            return (result, Encoding.Unicode.GetString(bytes) + Encoding.Unicode.GetString(bytes, 1, bytes.Length - 1));
        }
        finally
        {
            File.Delete(trace);
        }
    }
}
