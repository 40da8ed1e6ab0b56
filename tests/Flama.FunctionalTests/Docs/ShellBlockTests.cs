using System.Text.RegularExpressions;
using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The commands of README do what README tells, typed as they stand there.</summary>
/// <remarks>Two things differ: the program is the one built beside the tests, and the port is one that is free.</remarks>
public sealed partial class ShellBlockTests
{
    [Fact]
    public async Task Readme_ServeAndPredict_AnswersAsShown()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of a Unix shell.");
        var blocks = DocumentBlocks.Of("README.md", "").ToList();
        var serve = Assert.Single(blocks[0]);
        var curl = blocks.FindIndex(block => block[0].StartsWith("curl ", StringComparison.Ordinal));

        await using var server = await FlamaServer.StartAsync([.. Arguments(serve).Skip(1).Select(Absolute), "--server-port", "0"]);
        var command = string.Join('\n', blocks[curl]).Replace("http://127.0.0.1:8000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v curl"])).ExitCode == 0, "curl is not installed.");
        var answer = await FlamaProcess.RunOtherAsync("sh", ["-c", command]);

        Assert.Equal((0, string.Join('\n', DocumentBlocks.Of("README.md", "output").First())), (answer.ExitCode, answer.Output.TrimEnd('\n')));
    }

    [Fact]
    public async Task Readme_PredictFromAFile_PrintsAsShown()
    {
        var text = await File.ReadAllTextAsync(Fixtures.RepositoryPathOf("README.md"), TestContext.Current.CancellationToken);
        var shown = FileCommand().Match(text);
        Assert.True(shown.Success);

        var run = await FlamaProcess.RunAsync([.. Arguments(shown.Groups["call"].Value).Select(Absolute)]);

        Assert.Equal((0, shown.Groups["output"].Value), (run.ExitCode, run.Output.TrimEnd('\n')));
    }

    [Fact]
    public async Task Readme_Pipe_Predicts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of a Unix shell.");
        var block = DocumentBlocks.Of("README.md", "").Single(lines => lines.Any(line => line.StartsWith("echo ", StringComparison.Ordinal)));
        var command = string.Join('\n', block.SkipWhile(line => !line.StartsWith("echo ", StringComparison.Ordinal)))
            .Replace("artifacts/tools/flama", $"'{FlamaProcess.Host}' '{Path.Combine(AppContext.BaseDirectory, "flama.dll")}'", StringComparison.Ordinal);

        var run = await FlamaProcess.RunOtherAsync("sh", ["-c", $"cd '{Fixtures.RepositoryPathOf()}' && {command}"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\[\s*\[\s*0\.\d+,\s*0\.\d+\s*\]\s*\]\s*$", run.Output);
    }

    // What stands behind "--" of dotnet run.
    private static IEnumerable<string> Arguments(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["dotnet", "run", "-c", "Release", "--project", "src/Flama.Cli", "--"], words.Take(7));
        return words.Skip(7);
    }

    private static string Absolute(string word) => word.StartsWith("samples/", StringComparison.Ordinal) ? Fixtures.RepositoryPathOf(word) : word;

    [GeneratedRegex(@"(?<call>dotnet run [^\n]* predict --file [^\n]*)\n```\n+prints `(?<output>[^`]*)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileCommand();
}
