using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Normalizations;

/// <summary>scale · x / sqrt(mean(x²) + epsilon).</summary>
internal sealed class RmsNormalization : ValueLayer
{
    private readonly Weight scale;

    public RmsNormalization(LayerConfig config)
        : base(config) => scale = Declare();

    protected override Value Lower(Lowering g, Value x)
    {
        long[] axes = [.. (Config.Integers("axis") ?? [-1]).Select(axis => (long)x.Axis(axis)).Order()];
        var y = g.Over(x, g.Unary("Sqrt", g.Plus(g.Mean(g.Times(x, x), true, axes), Config.Number("epsilon", 1e-6))));
        var value = Constant(g, scale);
        var next = 0;
        return g.Times(y, value.Rank == axes.Length ? g.Reshape(value, [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(axes, i) >= 0 ? value.Shape[next++] : 1L)]) : value);
    }
}
