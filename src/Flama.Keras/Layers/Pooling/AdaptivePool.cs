using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Pooling;

/// <summary>The greatest or the mean of as many parts as the output has places: from ⌊i·n/m⌋ to ⌈(i+1)·n/m⌉.</summary>
internal sealed class AdaptivePool(LayerConfig config, int rank, bool isMax) : ValueLayer(config)
{
    private const long MaxParts = 10_000;

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var axis = Config.Text("data_format") == "channels_first" ? 2 : 1;
        foreach (var parts in Config.Each("output_size", rank, 1))
        {
            var length = x.Shape[axis];
            if (length <= 0 || parts is < 1 or > MaxParts)
            {
                throw KerasErrors.Unsupported(Name, "has an input of no fixed size");
            }

            List<Value> made = [];
            for (var i = 0L; i < parts; i++)
            {
                var part = g.Slice(x, axis, i * length / parts, (((i + 1) * length) + parts - 1) / parts);
                made.Add(isMax ? g.Max(part, true, axis) : g.Mean(part, true, axis));
            }

            x = g.Concat(made, axis);
            axis++;
        }

        return x;
    }
}
