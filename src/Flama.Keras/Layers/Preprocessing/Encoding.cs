using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Numbers of categories as numbers, or as columns: one, several, counts.</summary>
internal static class Encoding
{
    /// <summary>Writes it.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="config">The layer.</param>
    /// <param name="ids">The numbers; others than 0 to <paramref name="depth"/> - 1 have no column.</param>
    /// <param name="depth">How many columns.</param>
    /// <param name="type">The type of the columns.</param>
    /// <param name="weights">What each counts; null for 1.</param>
    public static Value Encode(Lowering g, LayerConfig config, Value ids, long depth, OnnxElementType type, Value? weights = null)
    {
        var mode = config.Text("output_mode") ?? "int";
        if (mode == "int")
        {
            return ids;
        }

        if (depth is < 1 or > int.MaxValue)
        {
            throw config.Missing("num_tokens");
        }

        if (mode == "one_hot")
        {
            return g.OneHot(ids.Rank > 1 && ids.Last == 1 ? g.Squeeze(ids, -1) : ids, depth, type);
        }

        ids = ids.Rank < 2 ? g.Unsqueeze(ids, -1) : ids;
        var columns = g.OneHot(ids, depth, OnnxElementType.Float32);
        switch (mode)
        {
            case "multi_hot" or "binary":
                return g.Cast(g.Max(columns, false, -2), type);
            case "count" or "tf_idf":
                return g.Cast(g.Sum(weights is null ? columns : g.Times(columns, g.Unsqueeze(g.Cast(weights, OnnxElementType.Float32), -1)), false, -2), type);
            default:
                throw KerasErrors.Unsupported(config.Name, $"has output_mode '{mode}'");
        }
    }
}
