using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Normalizations;

/// <summary>x / sqrt(max(Σ x², 1e-12)).</summary>
internal sealed class UnitNormalization(LayerConfig config) : ValueLayer(config)
{
    protected override Value Lower(Lowering g, Value x) => Normalize(g, x, Config.Integers("axis") ?? [-1]);

    /// <summary>Vectors of length 1 along axes.</summary>
    public static Value Normalize(Lowering g, Value x, params long[] axes) => g.Over(x, g.Unary("Sqrt", g.Clip(g.Sum(g.Times(x, x), true, axes), 1e-12, null)));
}
