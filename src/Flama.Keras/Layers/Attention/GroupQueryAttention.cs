using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>Attention of several heads where groups of queries share a key and a value.</summary>
internal sealed class GroupQueryAttention(LayerConfig config) : HeadAttention(config)
{
    protected override (Value Query, Value Key, Value Value) Part(Lowering g, Value input, Value q, Value k, Value v) =>
        (g.Transpose(q, 0, 2, 1, 3), Shared(g, k, q.Shape[2]), Shared(g, v, q.Shape[2]));

    protected override Value Join(Lowering g, Value input, Value weighed)
    {
        var joined = g.Transpose(weighed, 0, 2, 1, 3);
        List<(long, Value?, int)> flat = [(joined.Shape[0], joined, 0), (joined.Shape[1], joined, 1), (joined.Shape[2] * joined.Shape[3], null, 0)];
        return g.ReshapeTo(joined, g.ShapeFrom(flat), [.. flat.Select(length => length.Item1)]);
    }

    // (batch, steps, few, size) becomes (batch, heads, steps, size), each of the few as often as it is shared.
    private static Value Shared(Lowering g, Value x, long heads)
    {
        var few = x.Shape[2];
        if (few <= 0 || heads % few != 0)
        {
            throw KerasErrors.Invalid("heads of queries are no multiple of those of keys");
        }

        var indices = g.Constant<long>([.. Enumerable.Range(0, (int)heads).Select(i => i / (heads / few))], heads);
        return g.Gather(g.Transpose(x, 0, 2, 1, 3), indices, 1);
    }
}
