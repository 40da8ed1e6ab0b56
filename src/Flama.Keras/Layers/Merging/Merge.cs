using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Merging;

/// <summary>Several tensors to one, element by element, from left to right; of lower rank ones get dimensions after the batch.</summary>
internal sealed class Merge(LayerConfig config, Func<Lowering, IReadOnlyList<Value>, Value> merge) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        var rank = given.Max(value => value.Rank);
        List<Value> values = [];
        foreach (var value in given)
        {
            var computed = Computed(g, value);
            values.Add(value.Rank < rank && value.Rank > 0 ? g.Unsqueeze(computed, [.. Enumerable.Range(1, rank - value.Rank).Select(axis => (long)axis)]) : computed);
        }

        Value? mask = null;
        foreach (var value in given)
        {
            mask = value.Mask is null ? mask : mask is null ? value.Mask : g.Compare("And", mask, value.Mask);
        }

        return merge(g, values) with { Mask = mask, Declared = Config.DeclaredType };
    }
}
