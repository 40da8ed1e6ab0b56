using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Pooling;

/// <summary>The greatest or the mean of all places of a channel; of sequences with a mask, the mean of the steps that count.</summary>
internal sealed class GlobalPool(LayerConfig config, int rank, bool isMax) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        var x = Computed(g, call.Input(this));
        var isFirst = Config.Text("data_format") == "channels_first";
        long[] axes = [.. Enumerable.Range(isFirst ? 2 : 1, rank).Select(axis => (long)axis)];
        var keep = Config.Flag("keepdims");
        if (isMax)
        {
            return g.Max(x, keep, axes);
        }

        if (rank == 1 && call.Mask(call.Input(this)) is { } mask)
        {
            var weights = g.Unsqueeze(g.Cast(mask, x.Type), isFirst ? 1 : 2);
            return g.Over(g.Sum(g.Times(x, weights), keep, axes), g.Sum(weights, keep, axes));
        }

        return g.Mean(x, keep, axes);
    }
}
