using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Normalizations;

/// <summary>gamma · (x - mean) / sqrt(variance + epsilon) + beta with the statistics of each example along axes.</summary>
internal sealed class LayerNormalization : ValueLayer
{
    private readonly Weight? gamma;
    private readonly Weight? beta;

    public LayerNormalization(LayerConfig config)
        : base(config)
    {
        gamma = config.Flag("scale", true) || config.Flag("rms_scaling") ? Declare() : null;
        beta = config.Flag("center", true) && !config.Flag("rms_scaling") ? Declare() : null;
    }

    protected override Value Lower(Lowering g, Value x)
    {
        long[] axes = [.. (Config.Integers("axis") ?? [-1]).Select(axis => (long)x.Axis(axis)).Order()];
        var epsilon = Config.Number("epsilon", 1e-3);
        var (mean, variance) = g.Moments(x, axes);
        var rest = Config.Flag("rms_scaling") ? x : g.Minus(x, mean);
        var y = g.Over(rest, g.Unary("Sqrt", g.Plus(variance, epsilon)));
        y = gamma is null ? y : g.Times(y, Spread(g, gamma, x, axes));
        return beta is null ? y : g.Plus(y, Spread(g, beta, x, axes));
    }

    private Value Spread(Lowering g, Weight weight, Value x, long[] axes)
    {
        var value = Constant(g, weight);
        if (value.Rank != axes.Length)
        {
            return value;
        }

        var next = 0;
        return g.Reshape(value, [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(axes, i) >= 0 ? value.Shape[next++] : 1L)]);
    }
}
