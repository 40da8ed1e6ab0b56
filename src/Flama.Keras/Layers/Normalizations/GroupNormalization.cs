using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Normalizations;

/// <summary>Each example normalised in groups of channels; -1 groups are one a channel.</summary>
internal sealed class GroupNormalization : ValueLayer
{
    private readonly Weight? gamma;
    private readonly Weight? beta;

    public GroupNormalization(LayerConfig config)
        : base(config)
    {
        gamma = config.Flag("scale", true) ? Declare() : null;
        beta = config.Flag("center", true) ? Declare() : null;
    }

    protected override Value Lower(Lowering g, Value x)
    {
        var axis = x.Axis(Config.Integer("axis", -1));
        var channels = x.Shape[axis];
        var groups = Config.Integer("groups", 32) is > 0 and var given ? given : channels;
        if (channels <= 0 || channels % groups != 0)
        {
            throw Config.Missing("groups");
        }

        List<(long, Value?, int)> parted = [];
        List<long> known = [];
        for (var i = 0; i < x.Rank; i++)
        {
            if (i == axis)
            {
                parted.Add((groups, null, 0));
                parted.Add((channels / groups, null, 0));
                known.AddRange([groups, channels / groups]);
            }
            else
            {
                parted.Add((x.Shape[i], x, i));
                known.Add(x.Shape[i]);
            }
        }

        var split = g.ReshapeTo(x, g.ShapeFrom(parted), [.. known]);
        long[] axes = [.. Enumerable.Range(1, split.Rank - 1).Where(i => i != axis).Select(i => (long)i)];
        var (mean, variance) = g.Moments(split, axes);
        var normal = g.Over(g.Minus(split, mean), g.Unary("Sqrt", g.Plus(variance, Config.Number("epsilon", 1e-3))));
        var y = g.ReshapeTo(normal, g.ShapeFrom([.. x.Shape.Select((length, i) => (length, (Value?)x, i))]), x.Shape);
        long[] shape = [.. Enumerable.Range(0, x.Rank).Select(i => i == axis ? -1L : 1L)];
        y = gamma is null ? y : g.Times(y, g.Reshape(Constant(g, gamma), shape));
        return beta is null ? y : g.Plus(y, g.Reshape(Constant(g, beta), shape));
    }
}
