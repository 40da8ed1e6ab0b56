using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary><c>flama package --to onnx</c>: the graph of a model, as a file and in a package, answers as the model.</summary>
public sealed class PackageToOnnxTests
{
    private const string Rows = "[[0, 0], [0, 1], [1, 0], [1, 1]]";
    private static readonly string Scripted = Fixtures.PathOf("flm", "torch_mlp__g1-v1.6.0__gz__torch1.13.0a0.flm");

    [Theory]
    [InlineData("xor.onnx")]
    [InlineData("xor.flm")]
    public async Task Package_OfAProgram_AnswersAlikeAsOnnx(string name)
    {
        using TemporaryDirectory directory = new();
        var output = directory.PathOf(name);

        var packed = await FlamaProcess.RunAsync(["package", Scripted, "--to", "onnx", "--input-shape", "?,2", "--output", output]);
        var own = await FlamaProcess.RunAsync(["model", Scripted, "predict"], input: Rows);
        var written = await FlamaProcess.RunAsync(["model", output, "predict"], input: Rows);

        Assert.True(packed.ExitCode == 0, packed.Error);
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Equal(own.Output, written.Output);
    }

    [Fact]
    public async Task Package_WhatNoFileOfAGraphHolds_IsRefusedAndNothingWritten()
    {
        using TemporaryDirectory directory = new();
        var output = directory.PathOf("xor.onnx");

        var told = await FlamaProcess.RunAsync(["package", Scripted, "--to", "onnx", "--input-shape", "?,2", "--metric", "auc=1", "--output", output]);
        var open = await FlamaProcess.RunAsync(["package", Scripted, "--to", "onnx", "--output", output]);
        var other = await FlamaProcess.RunAsync(["package", Churn.Path, "--to", "onnx", "--output", output]);

        Assert.Contains("--metric has no place in a .onnx file", told.Error, StringComparison.Ordinal);
        Assert.Contains("--input-shape", open.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be", other.Error, StringComparison.Ordinal);
        Assert.All([told, open, other], result => Assert.NotEqual(0, result.ExitCode));
        Assert.False(File.Exists(output));
    }
}
