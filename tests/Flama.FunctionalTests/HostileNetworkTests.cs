using System.Net;
using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A network that ends the process which computes it does not take a server down that has tried it first.</summary>
public sealed class HostileNetworkTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Replace_ByAHostileNetwork_IsRefusedAndTheServerGoesOn()
    {
        var file = directory.PathOf("model.onnx");
        await File.WriteAllBytesAsync(file, Doubling().ToBytes(), TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync([file, "--server-port=0", "--server-reload", "--server-reload-delay=0.02"]);

        await File.WriteAllBytesAsync(directory.PathOf("new"), HostileGraphs.AttentionWithoutBias().ToBytes(), TestContext.Current.CancellationToken);
        File.Move(directory.PathOf("new"), file, overwrite: true);
        var warning = await server.Process.WaitForErrorAsync("WARNING:");

        using var answer = await server.PostAsync("/predict/", """{"input": [[1, 2]]}""");
        Assert.Contains("stays as it is", warning, StringComparison.Ordinal);
        Assert.Contains("ended the process in which it was tried", warning, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"output":[[2.0,4.0]]}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_WithTrialsOfAll_TellsWhyAndEnds()
    {
        var file = directory.PathOf("hostile.onnx");
        await File.WriteAllBytesAsync(file, HostileGraphs.AttentionWithoutBias().ToBytes(), TestContext.Current.CancellationToken);

        var result = await FlamaProcess.RunAsync(["serve", file, "--server-port=0", "--server-onnx-trial=always"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'hostile.onnx' ended the process in which it was tried", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithLimitsOfNetworks_Answers()
    {
        var file = directory.PathOf("model.onnx");
        await File.WriteAllBytesAsync(file, Doubling().ToBytes(), TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync(
            [file, "--server-port=0", "--server-onnx-threads=1", "--server-onnx-memory=268435456", "--server-onnx-loop-time=5", "--server-onnx-trial=always"]);

        using var answer = await server.PostAsync("/predict/", """{"input": [[1, 2]]}""");

        Assert.Equal("""{"output":[[2.0,4.0]]}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => directory.Dispose();

    private static OnnxProgram Doubling()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, new(null, "batch"), 2);
        graph.Output("y", graph.Add("Add", [x, x]), OnnxElementType.Float32, new(null, "batch"), 2);
        return graph.ToProgram(17);
    }
}
