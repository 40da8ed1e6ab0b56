using Flama.Packaging;
using Flama.Tests;

namespace Flama.Cli.Tests.Commands;

/// <summary>A model of tensors on the command line: an engine of this test, a file in a format that it takes.</summary>
public sealed class TensorModelTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Predict_SeveralTensors_AreReadAndAnsweredByName()
    {
        var console = ConsoleWith("""{"weights": [[1, 2], [0.5, 0.25]], "ids": [4503599627370497, 3]}""");

        var exit = await console.RunAsync("model", ModelFile(), "predict");

        Assert.Equal((0, "", """{"sums": [3.0, 0.75], "doubled": [9007199254740994, 6]}"""), (exit, console.Error, console.Output.Trim()));
    }

    [Fact]
    public async Task Predict_WrongShape_NamesTheTensor()
    {
        var console = ConsoleWith("""{"ids": [1], "weights": [[1, 2, 3]]}""");

        var exit = await console.RunAsync("model", ModelFile(), "predict");

        Assert.Equal((1, ""), (exit, console.Output));
        Assert.Contains("'weights' has the shape [1, 3], expected weights: float32[batch, 2].", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scores_RowsOfCsv_AreTheOneTensor()
    {
        var console = ConsoleWith("1,2\n0.5,0.25\n");

        var exit = await console.RunAsync("model", ModelFile(), "transform", "--input-format", "csv", "--output-format", "ndjson");

        Assert.Equal((0, "", "[2.0, 4.0]\n[1.0, 0.5]\n"), (exit, console.Error, console.Output));
    }

    [Fact]
    public async Task Inspect_BareFile_ShowsWhatTheEngineFinds()
    {
        var console = ConsoleWith("");

        var exit = await console.RunAsync("model", ModelFile(), "inspect");

        Assert.Equal((0, ""), (exit, console.Error));
        Assert.Contains("\"TensorModel\"", console.Output, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    private static TestConsole ConsoleWith(string input) => new() { Input = input, Engines = new ModelEngines().Add(new TensorEngine()) };

    // The smallest graph: a version of the format, a producer, and an empty graph.
    private string ModelFile()
    {
        var path = directory.PathOf("sums.onnx");
        File.WriteAllBytes(path, [0x08, 0x08, 0x12, 0x04, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 0x3A, 0x02, 0x12, 0x00, 0x42, 0x02, 0x10, 0x11]);
        using var package = ModelPackage.Open(path);
        Assert.Equal(ModelFormats.Onnx, package.ReadModel().Format);
        return path;
    }
}
