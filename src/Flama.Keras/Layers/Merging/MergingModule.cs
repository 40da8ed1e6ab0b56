
namespace Flama.Keras.Layers.Merging;

/// <summary>The layers of this folder.</summary>
internal static class MergingModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["Add"] = config => new Merge(config, (g, values) => values.Aggregate(g.Plus)),
        ["Subtract"] = config => new Merge(config, (g, values) => values.Aggregate(g.Minus)),
        ["Multiply"] = config => new Merge(config, (g, values) => values.Aggregate(g.Times)),
        ["Average"] = config => new Merge(config, (g, values) => g.Over(values.Aggregate(g.Plus), g.Scalar(values.Count, values[0].Type))),
        ["Maximum"] = config => new Merge(config, (g, values) => values.Aggregate((a, b) => g.Binary("Max", a, b))),
        ["Minimum"] = config => new Merge(config, (g, values) => values.Aggregate((a, b) => g.Binary("Min", a, b))),
        ["Concatenate"] = config => new Concatenate(config),
        ["Dot"] = config => new Dot(config),
    };
}
