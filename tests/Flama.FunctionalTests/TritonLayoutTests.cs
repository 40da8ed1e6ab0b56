using System.Net;
using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A repository as Triton has it: <c>NAME/config.pbtxt</c> and <c>NAME/VERSION/model.onnx</c>.</summary>
public sealed class TritonLayoutTests
{
    [Fact]
    public async Task Repository_OfTriton_IsServedByVersions()
    {
        using TemporaryDirectory directory = new();
        await PutAsync(directory, "1", 2);
        await PutAsync(directory, "2", 3);
        await File.WriteAllTextAsync(directory.PathOf("models/scale/config.pbtxt"), """
            name: "scale"
            platform: "onnxruntime_onnx"
            input [ { name: "x" data_type: TYPE_FP32 dims: [ -1, 2 ] } ]
            output [ { name: "y" data_type: TYPE_FP32 dims: [ -1, 2 ] } ]
            """, TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync(["--repository", directory.PathOf("models"), "--repository-versions=all", "--repository-poll=0.1", "--server-port=0"]);

        Assert.Equal("""{"output":[[3.0,6.0]]}""", await AskAsync(server, "/scale/predict/"));
        Assert.Equal("""{"output":[[2.0,4.0]]}""", await AskAsync(server, "/scale/versions/1/predict/"));

        await PutAsync(directory, "3", 5);
        var deadline = Environment.TickCount64 + 30_000;
        while (await AskAsync(server, "/scale/predict/") is not """{"output":[[5.0,10.0]]}""")
        {
            Assert.True(Environment.TickCount64 < deadline, "The new version did not take over.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> AskAsync(FlamaServer server, string path)
    {
        using var answer = await server.PostAsync(path, """{"input": [[1, 2]]}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task PutAsync(TemporaryDirectory directory, string version, float factor)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, new(null, "batch"), 2);
        graph.Output("y", graph.Add("Mul", [x, graph.Constant<float>([factor], 1)]), OnnxElementType.Float32, new(null, "batch"), 2);
        var beside = directory.PathOf($"{version}.new");
        await File.WriteAllBytesAsync(beside, graph.ToProgram(17).ToBytes(), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(directory.PathOf($"models/scale/{version}"));
        File.Move(beside, directory.PathOf($"models/scale/{version}/model.onnx"));
    }
}
