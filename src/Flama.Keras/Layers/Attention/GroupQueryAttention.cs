using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>Attention of several heads where groups of queries share a key and a value.</summary>
internal sealed class GroupQueryAttention : Layer
{
    private readonly Projection query;
    private readonly Projection key;
    private readonly Projection value;
    private readonly Projection output;

    public GroupQueryAttention(LayerConfig config)
        : base(config)
    {
        if (config.Flag("use_gate"))
        {
            throw KerasErrors.Unsupported(config.Name, "has a gate");
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
        var q = g.Transpose(query.Project(g, Computed(g, q0), 2), 0, 2, 1, 3);
        var k = Shared(g, key.Project(g, Computed(g, k0), 2), q.Shape[1]);
        var v = Shared(g, value.Project(g, Computed(g, v0), 2), q.Shape[1]);
        var scores = g.MatMul(g.Times(q, 1 / Math.Sqrt(q.Last)), g.Transpose(k, 0, 1, 3, 2));
        Value? mask = null;
        void And(Value? other) => mask = other is null ? mask : mask is null ? other : g.Compare("And", mask, other);
        And((call.Keyword("query_mask") ?? q0.Mask) is { } queryMask ? g.Unsqueeze(queryMask, 2) : null);
        And((call.Keyword("value_mask") ?? v0.Mask) is { } valueMask ? g.Unsqueeze(valueMask, 1) : null);
        And(call.Flag("use_causal_mask") ? Causal.Mask(g, q0, v0) : null);
        And(call.Keyword("attention_mask"));
        if (mask is not null)
        {
            scores = g.Plus(scores, g.Times(g.Cast(g.Not(g.Unsqueeze(mask, 1)), scores.Type), -1e9));
        }

        var weights = g.Softmax(scores, -1);
        var joined = g.Transpose(g.MatMul(weights, v), 0, 2, 1, 3);
        List<(long, Value?, int)> flat = [(joined.Shape[0], joined, 0), (joined.Shape[1], joined, 1), (joined.Shape[2] * joined.Shape[3], null, 0)];
        var y = output.Project(g, g.ReshapeTo(joined, g.ShapeFrom(flat), [.. flat.Select(length => length.Item1)]), 0) with { Mask = q0.Mask, Declared = Config.DeclaredType };
        return call.Flag("return_attention_scores") ? new List<object?> { y, weights } : y;
    }

    private Projection Projected(string name, bool hasBias) => new(
        Declare([$"_{name}_dense/vars/0", $"{name}_dense/vars/0"]), hasBias ? Declare([$"_{name}_dense/vars/1", $"{name}_dense/vars/1"]) : null, Constant);

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
