using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>Attention of several heads: query, key and value projected, weighed, joined and projected again.</summary>
internal sealed class MultiHeadAttention : Layer
{
    private readonly Projection query;
    private readonly Projection key;
    private readonly Projection value;
    private readonly Projection output;

    public MultiHeadAttention(LayerConfig config)
        : base(config)
    {
        if (config.Flag("use_gate") || config.Has("sliding_window"))
        {
            throw KerasErrors.Unsupported(config.Name, "has a gate or a sliding window");
        }

        var hasBias = config.Flag("use_bias", true);
        query = Projected("query", hasBias);
        key = Projected("key", hasBias);
        value = Projected("value", hasBias);
        output = Projected("output", hasBias);
    }

    public override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        var q0 = given[0];
        var v0 = (given.Count > 1 ? given[1] : call.Keyword("value")) ?? throw KerasErrors.Invalid($"layer '{Name}' is called without a value");
        var k0 = (given.Count > 2 ? given[2] : call.Keyword("key")) ?? v0;
        int[] axes = [.. (Config.Integers("attention_axes") ?? [.. Enumerable.Range(1, q0.Rank - 2).Select(i => (long)i)]).Select(q0.Axis)];
        var q = Heads(g, query.Project(g, Computed(g, q0), 2), axes);
        var k = Heads(g, key.Project(g, Computed(g, k0), 2), axes);
        var v = Heads(g, value.Project(g, Computed(g, v0), 2), axes);
        var keyLength = q.Last;
        var scores = g.MatMul(g.Times(q, 1 / Math.Sqrt(keyLength)), g.Transpose(k, [.. Enumerable.Range(0, k.Rank - 2), k.Rank - 1, k.Rank - 2]));
        if (MaskOf(g, call, q0, v0, k0) is { } mask)
        {
            // One for all heads, and for the dimensions that nothing is weighed along.
            while (mask.Rank < scores.Rank)
            {
                mask = g.Unsqueeze(mask, 1);
            }

            scores = g.Plus(scores, g.Times(g.Cast(g.Not(mask), scores.Type), -1e9));
        }

        var weights = g.Softmax(scores, -1);
        var joined = Join(g, g.MatMul(weights, v), q0, axes);
        var y = output.Project(g, joined, 0) with { Mask = call.Keyword("query_mask") ?? q0.Mask, Declared = Config.DeclaredType };
        return call.Flag("return_attention_scores") ? new List<object?> { y, weights with { Declared = Config.DeclaredType } } : y;
    }

    private Projection Projected(string name, bool hasBias) => new(
        Declare([$"{name}_dense/vars/0", $"_{name}_dense/vars/0"]), hasBias ? Declare([$"{name}_dense/vars/1", $"_{name}_dense/vars/1"]) : null, Constant);

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

    // Back to (batch, …, heads · size), where the dots are those of the query.
    private static Value Join(Lowering g, Value x, Value query, int[] axes)
    {
        var rank = query.Rank - 1;
        int[] rest = [.. Enumerable.Range(1, rank - 1).Where(axis => Array.IndexOf(axes, axis) < 0)];
        if (axes.Length > 1)
        {
            List<(long, Value?, int)> shape = [.. Enumerable.Range(0, 2 + rest.Length).Select(i => (x.Shape[i], (Value?)x, i)), .. axes.Select(axis => (query.Shape[axis], (Value?)query, axis)), (x.Last, null, 0)];
            x = g.ReshapeTo(x, g.ShapeFrom(shape), [.. shape.Select(length => length.Item1)]);
        }

        // Where each dimension of the query is now.
        var order = new List<int> { 0 };
        for (var axis = 1; axis < rank; axis++)
        {
            var at = Array.IndexOf(rest, axis);
            order.Add(at >= 0 ? 1 + at : 2 + rest.Length + Array.IndexOf(axes, axis));
        }

        var turned = g.Transpose(x, [.. order, 1 + rest.Length, x.Rank - 1]);
        List<(long, Value?, int)> flat = [.. Enumerable.Range(0, rank).Select(i => (turned.Shape[i], (Value?)turned, i)), (turned.Shape[^1] * turned.Shape[^2], null, 0)];
        return g.ReshapeTo(turned, g.ShapeFrom(flat), [.. flat.Select(length => length.Item1)]);
    }

    private static Value? MaskOf(Lowering g, LayerCall call, Value query, Value value, Value key)
    {
        Value? mask = null;
        void And(Value? other) => mask = other is null ? mask : mask is null ? other : g.Compare("And", mask, other);
        if ((call.Keyword("query_mask") ?? query.Mask) is { } queryMask)
        {
            And(g.Unsqueeze(queryMask, 2));
        }

        if ((call.Keyword("value_mask") ?? value.Mask) is { } valueMask)
        {
            And(g.Unsqueeze(valueMask, 1));
        }

        if ((call.Keyword("key_mask") ?? (ReferenceEquals(key, value) ? null : key.Mask)) is { } keyMask)
        {
            And(g.Unsqueeze(keyMask, 1));
        }

        if (call.Flag("use_causal_mask"))
        {
            And(Causal.Mask(g, query, value));
        }

        if (call.Keyword("attention_mask") is { } given)
        {
            And(g.Cast(given, Flama.Onnx.Graphs.OnnxElementType.Boolean));
        }

        return mask;
    }
}
