using Flama.Onnx.Graphs;

namespace Flama.Tests;

/// <summary>Graphs that end the process which computes them: never to be loaded here.</summary>
internal static class HostileGraphs
{
    /// <summary>Attention whose bias is left out: its kernel (ONNX Runtime 1.31) reads it all the same.</summary>
    public static OnnxProgram AttentionWithoutBias()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, 1, 3, 4);
        var mask = graph.Input("mask", OnnxElementType.Int32, 1, 3);
        var weights = graph.Constant<float>(new float[48], 4, 12);
        graph.Output("y", graph.Add("com.microsoft.Attention", [x, weights, "", mask], OnnxAttribute.Of("num_heads", 2)), OnnxElementType.Float32, null);
        return graph.ToProgram(17);
    }
}
