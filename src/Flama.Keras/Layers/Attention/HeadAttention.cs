using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>Attention of several heads: query, key and value projected, weighed, joined and projected again.</summary>
internal abstract class HeadAttention : Layer
{
    private readonly Projection query;
    private readonly Projection key;
    private readonly Projection value;
    private readonly Projection output;

    protected HeadAttention(LayerConfig config)
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

    public sealed override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        var q0 = given[0];
        var v0 = (given.Count > 1 ? given[1] : call.Keyword("value")) ?? throw KerasErrors.Invalid($"layer '{Name}' is called without a value");
        var k0 = (given.Count > 2 ? given[2] : call.Keyword("key")) ?? v0;
        var (q, k, v) = Part(g, q0, query.Project(g, Computed(g, q0), 2), key.Project(g, Computed(g, k0), 2), value.Project(g, Computed(g, v0), 2));
        var scores = g.MatMul(g.Times(q, 1 / Math.Sqrt(q.Last)), g.Transpose(k, [.. Enumerable.Range(0, k.Rank - 2), k.Rank - 1, k.Rank - 2]));
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
        var y = output.Project(g, Join(g, q0, g.MatMul(weights, v)), 0) with { Mask = call.Keyword("query_mask") ?? q0.Mask, Declared = Config.DeclaredType };
        return call.Flag("return_attention_scores") ? new List<object?> { y, weights with { Declared = Config.DeclaredType } } : y;
    }

    /// <summary>Brings what was projected, (batch, …, heads, size), into (batch, …, heads, steps, size).</summary>
    /// <param name="g">The graph.</param>
    /// <param name="input">The query before it was projected.</param>
    /// <param name="q">The query.</param>
    /// <param name="k">The key.</param>
    /// <param name="v">The value.</param>
    protected abstract (Value Query, Value Key, Value Value) Part(Lowering g, Value input, Value q, Value k, Value v);

    /// <summary>Brings what was weighed back into (batch, …, heads · size), where the dots are those of the query.</summary>
    protected abstract Value Join(Lowering g, Value input, Value weighed);

    private Projection Projected(string name, bool hasBias) => new(
        Declare([$"{name}_dense/vars/0", $"_{name}_dense/vars/0"]), hasBias ? Declare([$"{name}_dense/vars/1", $"_{name}_dense/vars/1"]) : null, Constant);

    private static Value? MaskOf(Lowering g, LayerCall call, Value query, Value value, Value key)
    {
        Value? mask = null;
        void And(Value? other) => mask = other is null ? mask : mask is null ? other : g.Compare("And", mask, other);
        void AndSteps(Value? steps, long axis) => And(steps is null ? null : g.Unsqueeze(g.Cast(steps, OnnxElementType.Boolean), axis));
        AndSteps(call.Keyword("query_mask") ?? query.Mask, 2);
        AndSteps(call.Keyword("value_mask") ?? value.Mask, 1);
        AndSteps(call.Keyword("key_mask") ?? (ReferenceEquals(key, value) ? null : key.Mask), 1);
        And(call.Flag("use_causal_mask") ? Causal.Mask(g, query, value) : null);
        And(call.Keyword("attention_mask") is { } given ? g.Cast(given, OnnxElementType.Boolean) : null);
        return mask;
    }
}
