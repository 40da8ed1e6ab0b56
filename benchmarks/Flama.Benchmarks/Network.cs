using System.Globalization;
using Flama.Onnx.Graphs;

namespace Flama.Benchmarks;

/// <summary>Networks made at random, as ONNX files.</summary>
internal static class Network
{
    /// <summary>Writes a network of dense layers of equal width, with rectifiers between them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">How many numbers each layer takes and gives.</param>
    /// <param name="layers">How many layers.</param>
    public static void WriteDense(string file, int width, int layers)
    {
        Random random = new(1);
        OnnxGraphBuilder graph = new();
        var value = graph.Input("x", OnnxElementType.Float32, new(null, "N"), width);
        for (var layer = 0; layer < layers; layer++)
        {
            var weights = new float[width * width];
            foreach (ref var weight in weights.AsSpan())
            {
                weight = ((float)random.NextDouble() - 0.5f) / MathF.Sqrt(width);
            }

            value = graph.Add("Relu", [graph.Add("MatMul", [value, graph.Constant<float>(weights, width, width)])]);
        }

        graph.Output("y", value, OnnxElementType.Float32, new(null, "N"), width);
        File.WriteAllBytes(file, graph.ToProgram(17).ToBytes());
    }

    /// <summary>The body of a request of one example.</summary>
    public static string Body(int width) => $"{{\"input\":[[{string.Join(",", Enumerable.Range(0, width).Select(i => (i % 7 / 7.0).ToString("0.###", CultureInfo.InvariantCulture)))}]]}}";
}
