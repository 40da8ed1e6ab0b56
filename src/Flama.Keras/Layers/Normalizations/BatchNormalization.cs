using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Normalizations;

/// <summary>gamma · (x - mean) / sqrt(variance + epsilon) + beta with the statistics of training.</summary>
internal sealed class BatchNormalization : ValueLayer
{
    private readonly Weight? gamma;
    private readonly Weight? beta;
    private readonly Weight mean;
    private readonly Weight variance;

    public BatchNormalization(LayerConfig config)
        : base(config)
    {
        if (config.Flag("renorm"))
        {
            throw KerasErrors.Unsupported(config.Name, "has renorm=True");
        }

        gamma = config.Flag("scale", true) ? Declare() : null;
        beta = config.Flag("center", true) ? Declare() : null;
        mean = Declare(isTrainable: false);
        variance = Declare(isTrainable: false);
    }

    protected override Value Lower(Lowering g, Value x)
    {
        var axis = x.Axis(Config.Integers("axis") is [var only] ? only : -1);
        long[] shape = [.. Enumerable.Range(0, x.Rank).Select(i => i == axis ? -1L : 1L)];
        var scale = g.Unary("Reciprocal", g.Unary("Sqrt", g.Plus(Constant(g, variance), Config.Number("epsilon", 1e-3))));
        scale = gamma is null ? scale : g.Times(scale, Constant(g, gamma));
        var offset = g.Neg(g.Times(Constant(g, mean), scale));
        offset = beta is null ? offset : g.Plus(offset, Constant(g, beta));
        return g.Plus(g.Times(x, g.Reshape(scale, shape)), g.Reshape(offset, shape));
    }
}
