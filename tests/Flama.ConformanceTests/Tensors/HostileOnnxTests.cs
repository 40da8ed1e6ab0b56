using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Hostile ONNX files, each in a process of its own: a typed error or an answer, soon and in little memory.</summary>
public sealed class HostileOnnxTests(ITestOutputHelper output) : IDisposable
{
    private const string Archive = "golden/onnx-hostile.zip";
    private const long MaxKilobytes = 500 * 1024;

    // Five for the file and some for a machine with other work.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(15);

    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Files_ThatAreHostile_AreRefusedOrAnswered()
    {
        await ZipFile.ExtractToDirectoryAsync(Fixtures.PathOf(Archive), directory.Root, TestContext.Current.CancellationToken);
        var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(directory.PathOf("manifest.json"), TestContext.Current.CancellationToken)).RootElement;
        List<string> wrong = [];

        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            var name = file.GetProperty("name").GetString()!;
            var tried = await TryAsync(Path.Combine(directory.Root, file.GetProperty("path").GetString()!));
            output.WriteLine($"{name}: {tried.Seconds:F1} s, {tried.Kilobytes / 1024} MB, {tried.Result}");
            var mayAnswer = file.GetProperty("expect").GetString()!.Contains("answer", StringComparison.Ordinal);
            if (tried.Kilobytes > MaxKilobytes || tried.Seconds > MaxTime.TotalSeconds || !(tried.IsTyped || (tried.IsAnswer && mayAnswer)))
            {
                wrong.Add($"{name}: {tried}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    public void Dispose() => directory.Dispose();

    // The same executable, which tries one file where it is told so.
    private static async Task<Trial> TryAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        using var process = OnnxTrial.Start(path);
        var reading = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(MaxTime * 2);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        var lines = (await reading).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(lines is [var kind, ..] ? kind : $"exit {process.ExitCode}", lines is [_, var kilobytes, ..] ? long.Parse(kilobytes, System.Globalization.CultureInfo.InvariantCulture) : 0, watch.Elapsed.TotalSeconds);
    }

    private sealed record Trial(string Result, long Kilobytes, double Seconds)
    {
        public bool IsTyped => Result.StartsWith("refused", StringComparison.Ordinal);

        public bool IsAnswer => Result.StartsWith("answered", StringComparison.Ordinal);
    }
}
