using Flama.Keras.Graphs;
using Flama.Keras.Layers.Convolution;

namespace Flama.Keras.Layers.Pooling;

/// <summary>The greatest or the mean of each window; the border does not count.</summary>
internal sealed class Pool : ValueLayer
{
    private readonly Windows windows;
    private readonly bool isMax;

    public Pool(LayerConfig config, int rank, bool isMax)
        : base(config)
    {
        this.isMax = isMax;
        var sizes = new Windows(config, rank, "pool_size");
        windows = config.Has("strides") ? sizes : new Windows(config, rank, "pool_size") { Strides = sizes.Sizes };
    }

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var first = windows.ToFirst(g, x);
        var y = g.Add(isMax ? "MaxPool" : "AveragePool", x.Type, [x.Shape[0], first.Shape[1], .. windows.LengthsOf(first)], [first], windows.Attributes(first, withGaps: false)) with { Declared = x.Declared };
        return windows.FromFirst(g, y);
    }
}
