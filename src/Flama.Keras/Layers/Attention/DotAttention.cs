using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>softmax(score(query, key)) · value, with the score a product, or a sum through tanh.</summary>
internal sealed class DotAttention : Layer
{
    private readonly bool isAdditive;
    private readonly Weight? scale;
    private readonly Weight? concatScale;

    public DotAttention(LayerConfig config, bool isAdditive)
        : base(config)
    {
        this.isAdditive = isAdditive;
        scale = config.Flag("use_scale", isAdditive) ? Declare() : null;
        concatScale = config.Text("score_mode") == "concat" ? Declare(["concat_score_weight", "vars/1", "vars/0"]) : null;
    }

    public override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        if (given.Count is not (2 or 3))
        {
            throw KerasErrors.Invalid($"layer '{Name}' takes query and value, and maybe key");
        }

        var (query, value) = (Computed(g, given[0]), Computed(g, given[1]));
        var key = given.Count > 2 ? Computed(g, given[2]) : value;
        var scores = Scores(g, query, key);
        var (queryMask, valueMask) = Masks(call, given);
        Value? mask = valueMask is null ? null : g.Unsqueeze(valueMask, 1);
        if (call.Flag("use_causal_mask") || Config.Flag("causal"))
        {
            var causal = Causal.Mask(g, query, key);
            mask = mask is null ? causal : g.Compare("And", mask, causal);
        }

        scores = mask is null ? scores : g.Plus(scores, g.Times(g.Cast(g.Not(mask), scores.Type), -1e9));
        var weights = g.Softmax(scores, -1);
        var y = g.MatMul(weights, value);
        if (queryMask is not null)
        {
            y = g.Times(y, g.Cast(g.Unsqueeze(queryMask, -1), y.Type));
        }

        y = y with { Mask = queryMask, Declared = Config.DeclaredType };
        return call.Flag("return_attention_scores") ? new List<object?> { y, weights with { Declared = Config.DeclaredType } } : y;
    }

    private Value Scores(Lowering g, Value query, Value key)
    {
        if (isAdditive || concatScale is not null)
        {
            var sum = g.Unary("Tanh", concatScale is not null && scale is not null
                ? g.Times(g.Plus(g.Unsqueeze(query, -2), g.Unsqueeze(key, -3)), Constant(g, scale))
                : g.Plus(g.Unsqueeze(query, -2), g.Unsqueeze(key, -3)));
            return concatScale is not null ? g.Times(g.Sum(sum, false, -1), Constant(g, concatScale)) : g.Sum(scale is null ? sum : g.Times(sum, Constant(g, scale)), false, -1);
        }

        var product = g.MatMul(query, g.Transpose(key, 0, 2, 1));
        return scale is null ? product : g.Times(product, Constant(g, scale));
    }

    private static (Value? Query, Value? Value) Masks(LayerCall call, IReadOnlyList<Value> given) =>
        call.Argument(1, "mask") is IReadOnlyList<object?> list
            ? (list.ElementAtOrDefault(0) as Value ?? given[0].Mask, list.ElementAtOrDefault(1) as Value ?? given[1].Mask)
            : (given[0].Mask, given[1].Mask);
}
