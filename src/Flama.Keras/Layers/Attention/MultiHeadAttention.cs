using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>Attention of several heads, along one dimension or several.</summary>
internal sealed class MultiHeadAttention(LayerConfig config) : HeadAttention(config)
{
    protected override (Value Query, Value Key, Value Value) Part(Lowering g, Value input, Value q, Value k, Value v)
    {
        var axes = AxesOf(input);
        return (Heads(g, q, axes), Heads(g, k, axes), Heads(g, v, axes));
    }

    protected override Value Join(Lowering g, Value input, Value weighed)
    {
        var axes = AxesOf(input);
        var rank = input.Rank - 1;
        int[] rest = [.. Enumerable.Range(1, rank - 1).Where(axis => Array.IndexOf(axes, axis) < 0)];
        if (axes.Length > 1)
        {
            List<(long, Value?, int)> shape =
                [.. Enumerable.Range(0, 2 + rest.Length).Select(i => (weighed.Shape[i], (Value?)weighed, i)), .. axes.Select(axis => (input.Shape[axis], (Value?)input, axis)), (weighed.Last, null, 0)];
            weighed = g.ReshapeTo(weighed, g.ShapeFrom(shape), [.. shape.Select(length => length.Item1)]);
        }

        // Where each dimension of the query is now.
        var order = new List<int> { 0 };
        for (var axis = 1; axis < rank; axis++)
        {
            var at = Array.IndexOf(rest, axis);
            order.Add(at >= 0 ? 1 + at : 2 + rest.Length + Array.IndexOf(axes, axis));
        }

        var turned = g.Transpose(weighed, [.. order, 1 + rest.Length, weighed.Rank - 1]);
        List<(long, Value?, int)> flat = [.. Enumerable.Range(0, rank).Select(i => (turned.Shape[i], (Value?)turned, i)), (turned.Shape[^1] * turned.Shape[^2], null, 0)];
        return g.ReshapeTo(turned, g.ShapeFrom(flat), [.. flat.Select(length => length.Item1)]);
    }

    private int[] AxesOf(Value input) => [.. (Config.Integers("attention_axes") ?? [.. Enumerable.Range(1, input.Rank - 2).Select(i => (long)i)]).Select(input.Axis)];

    // (batch, …, heads, size) becomes (batch, rest…, heads, weighed, size).
    private static Value Heads(Lowering g, Value x, int[] axes)
    {
        var rank = x.Rank - 2;
        int[] rest = [.. Enumerable.Range(1, rank - 1).Where(axis => Array.IndexOf(axes, axis) < 0)];
        var turned = g.Transpose(x, [0, .. rest, rank, .. axes, rank + 1]);
        if (axes.Length == 1)
        {
            return turned;
        }

        var from = 2 + rest.Length;
        var weighed = axes.Any(axis => x.Shape[axis] < 0) ? -1 : axes.Aggregate(1L, (all, axis) => all * x.Shape[axis]);
        List<(long, Value?, int)> shape = [.. Enumerable.Range(0, from).Select(i => (turned.Shape[i], (Value?)turned, i)), (weighed, null, 0), (turned.Last, null, 0)];
        return g.ReshapeTo(turned, g.ShapeFrom(shape, flexible: from), [.. turned.Shape[..from], weighed, turned.Last]);
    }
}
