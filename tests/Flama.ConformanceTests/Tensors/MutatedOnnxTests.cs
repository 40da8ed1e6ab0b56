using Flama.Tests;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Changed copies of ONNX files, in a process of its own where ONNX Runtime's parser and kernels may fail: typed errors or answers, and no crash.</summary>
public sealed class MutatedOnnxTests(ITestOutputHelper output) : IDisposable
{
    // FLAMA_MUTATIONS=20000 for the whole; a few for every run.
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("FLAMA_MUTATIONS"), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : 200;

    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("activations")]
    [InlineData("skl-adaboost")]
    [InlineData("quant-qoperator-torcmlp-relu")]
    [InlineData("strings")]
    [InlineData("loop-sequence")]
    [InlineData("sequences")]
    [InlineData("torch-lstm-forecaster-tsexport")]
    public async Task Copies_ThatWereChanged_AreRefusedOrAnswered(string name)
    {
        var path = TensorCase.ReadAll("golden/onnx/few.zip").Single(golden => golden.Name == name).WriteTo(directory.Root);
        using var process = OnnxTrial.StartMutations(path, 0, Count);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromMinutes(2) + TimeSpan.FromMilliseconds(200L * Count));
        var last = "";

        try
        {
            while (await process.StandardOutput.ReadLineAsync(late.Token) is { } line)
            {
                last = line;
            }

            await process.WaitForExitAsync(late.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        output.WriteLine(last);
        Assert.True(process.ExitCode == 0 && last.StartsWith("done", StringComparison.Ordinal), $"exit {process.ExitCode} at {last}");
    }

    public void Dispose() => directory.Dispose();
}
