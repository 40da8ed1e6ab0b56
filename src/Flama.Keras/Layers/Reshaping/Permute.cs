using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>The dimensions of each example in another order, counted from 1.</summary>
internal sealed class Permute(LayerConfig config) : ValueLayer(config with { CastsIntegers = false })
{
    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        int[] order = [0, .. (Config.Integers("dims") ?? throw Config.Missing("dims")).Select(axis => (int)axis)];
        return order.Order().SequenceEqual(Enumerable.Range(0, x.Rank)) ? g.Transpose(x, order) : throw Config.Missing("dims");
    }
}
