using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>Which steps a step may see: itself and those before it.</summary>
internal static class Causal
{
    /// <summary>The mask of 1 × queries × keys.</summary>
    public static Value Mask(Lowering g, Value query, Value key)
    {
        var rows = Range(g, query);
        var columns = Range(g, key);
        return g.Unsqueeze(g.Compare("GreaterOrEqual", g.Unsqueeze(rows, 1), g.Unsqueeze(columns, 0)), 0);
    }

    private static Value Range(Lowering g, Value x)
    {
        var count = g.Squeeze(g.LengthOf(x, 1), 0);
        return g.Add("Range", OnnxElementType.Int64, [x.Shape[1]], [g.Scalar(0, OnnxElementType.Int64), count, g.Scalar(1, OnnxElementType.Int64)]);
    }
}
