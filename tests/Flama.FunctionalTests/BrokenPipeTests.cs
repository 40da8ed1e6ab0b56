using System.Globalization;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>Pipes as a shell makes them: readers that go away, terminals, and models in a row.</summary>
public sealed class BrokenPipeTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task Reader_ThatGoesAway_EndsTheRunQuietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell is a UNIX one.");
        var rows = await WriteRowsAsync(400_000);

        var result = await ShellAsync($"({Flama} model '{Xor.Path}' predict --input-format ndjson --output-format ndjson -f '{rows}'; echo \"exit $?\" >&2) | head -n 1");

        Assert.Equal("0\n", result.Output);
        Assert.Equal($"exit {ExitOfBrokenPipe}", result.Error.Trim());
    }

    [Fact]
    public async Task Output_ToAFullDevice_IsOneOrTwoLinesAndNoPartOfAFile()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        var rows = await WriteRowsAsync(1000);

        var result = await ShellAsync($"{Flama} model '{Xor.Path}' predict -f '{rows}' --input-format ndjson > /dev/full");

        Assert.Equal(1, result.ExitCode);
        Assert.InRange(result.ErrorLines.Count, 1, 2);
        Assert.StartsWith("Error: ", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal([rows], Directory.GetFileSystemEntries(directory));
    }

    [Fact]
    public async Task ThreeModels_InOnePipe_HandOnTheirAnswers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell is a UNIX one.");
        var twice = Path.Combine(directory, "double.pkl");
        await File.WriteAllBytesAsync(twice, LinearModel.Pickle(slope: 2, intercept: 0.5), TestContext.Current.CancellationToken);

        var result = await ShellAsync($"echo '{Xor.Rows}' | {Flama} model '{Xor.Path}' predict | {Flama} model '{twice}' predict | {Flama} model '{twice}' predict");

        Assert.Equal((0, "[1.5, 5.5, 5.5, 1.5]\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Progress_IsOnTerminalsOnly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "There is no 'script' to make a terminal with.");
        var rows = await WriteRowsAsync(300_000);
        var command = $"{Flama} model '{Xor.Path}' predict --input-format ndjson -f '{rows}' -o '{Path.Combine(directory, "out.json")}'";

        var onTerminal = await ShellAsync($"/usr/bin/script -qec \"{command}\" /dev/null");
        var elsewhere = await ShellAsync(command);

        Assert.Contains("rows/s", onTerminal.Output, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), (elsewhere.ExitCode, elsewhere.Output, elsewhere.Error));
    }

    [Fact]
    public async Task Predict_InputIsClosed_SaysThatThereAreNoRows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what the runtime opened for itself.");

        var closed = await ShellAsync($"{Flama} model '{Xor.Path}' predict <&-");
        var empty = await ShellAsync($"{Flama} model '{Xor.Path}' predict </dev/null");

        Assert.Equal((1, empty.Error), (closed.ExitCode, closed.Error));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private const string ExitOfBrokenPipe = "141";

    private static string Flama => $"'{FlamaProcess.Host}' '{Path.Combine(AppContext.BaseDirectory, "flama.dll")}'";

    private static Task<FlamaResult> ShellAsync(string command) => FlamaProcess.RunOtherAsync("/bin/sh", ["-c", command]);

    private async Task<string> WriteRowsAsync(int count)
    {
        var path = Path.Combine(directory, "rows.ndjson");
        StringBuilder rows = new();
        for (var i = 0; i < count; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"[{i % 4 / 2}, {i % 2}]\n");
        }

        await File.WriteAllTextAsync(path, rows.ToString(), TestContext.Current.CancellationToken);
        return path;
    }
}
