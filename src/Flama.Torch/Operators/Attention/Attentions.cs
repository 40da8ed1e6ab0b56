using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Attention;

/// <summary>softmax(Q·Kᵀ·scale + mask)·V, and what is made of it.</summary>
internal static class Attentions
{
    public static Tensor ScaledDotProduct(OperatorCall call)
    {
        var (query, key, value) = (call.Tensor("query"), call.Tensor("key"), call.Tensor("value"));
        if (call.Double("dropout_p") != 0)
        {
            throw call.Refused("it is run as in training: call model.eval() before the model is saved");
        }

        if (call.Bool("enable_gqa"))
        {
            // Several heads of the query share one of the key.
            var times = SymMath.FloorDiv(query.Shape[^3], key.Shape[^3]);
            (key, value) = (call.Call("repeat_interleave", key, times, -3L), call.Call("repeat_interleave", value, times, -3L));
        }

        object scale = call.FindDouble("scale") is { } given ? given
            : query.Shape[^1] is long width ? 1 / Math.Sqrt(width) : SymMath.Apply("truediv", 1.0, SymMath.Apply("sqrt", query.Shape[^1]));
        var scores = call.Call("matmul", call.Call("mul", query, scale), call.Call("transpose", key, -2L, -1L));
        if (call.Bool("is_causal"))
        {
            var isSeen = call.Call("ge", call.Unsqueeze(call.Call("arange", query.Shape[^2]), 1), call.Unsqueeze(call.Call("arange", key.Shape[^2]), 0));
            scores = call.Call("where", isSeen, scores, call.Number(double.NegativeInfinity, scores.Type));
        }

        if (call.FindTensor("attn_mask") is not { } mask)
        {
            return call.Call("matmul", call.Call("softmax", scores, -1L), value);
        }

        scores = mask.Type == TorchType.Bool ? call.Call("where", mask, scores, call.Number(double.NegativeInfinity, scores.Type)) : call.Call("add", scores, mask);
        return call.Call("matmul", call.Call("_safe_softmax", scores, -1L), value);
    }

    public static PythonTuple MultiHead(OperatorCall call)
    {
        var (made, weights) = Heads(call, call.Tensor("query"), call.Tensor("key"), call.Tensor("value"), call.Int("num_head"), call.FindTensor("mask"), call.FindInt("mask_type"));
        weights = call.Bool("average_attn_weights") ? call.Call("mean", weights, call.List([1L])) : weights;
        return OperatorCall.Tuple(made, call.Bool("need_weights") ? weights : null);
    }

    public static Tensor EncoderLayer(OperatorCall call)
    {
        var x = call.Tensor("src");
        var isFirst = call.Bool("norm_first");
        var inner = isFirst ? Norm(call, x, "1") : x;
        var attended = call.Call("add", x, Heads(call, inner, inner, inner, call.Int("num_heads"), call.FindTensor("mask"), call.FindInt("mask_type")).Made);
        attended = isFirst ? attended : Norm(call, attended, "1");
        inner = isFirst ? Norm(call, attended, "2") : attended;
        inner = call.Call("linear", inner, call.Tensor("ffn_weight_1"), call.Tensor("ffn_bias_1"));
        inner = call.Call(call.Bool("use_gelu") ? "gelu" : "relu", inner);
        inner = call.Call("add", attended, call.Call("linear", inner, call.Tensor("ffn_weight_2"), call.Tensor("ffn_bias_2")));
        return isFirst ? inner : Norm(call, inner, "2");
    }

    private static (Tensor Made, Tensor Weights) Heads(OperatorCall call, Tensor query, Tensor key, Tensor value, long heads, Tensor? mask, long? maskType)
    {
        var width = call.Int("embed_dim");
        var (weight, bias) = (call.Tensor("qkv_weight"), call.Tensor("qkv_bias"));
        var (q, k, v) = (Project(query, 0), Project(key, 1), Project(value, 2));
        var scores = call.Call("matmul", call.Call("mul", q, 1 / Math.Sqrt((double)width / heads)), call.Call("transpose", k, -2L, -1L));
        if (mask is not null)
        {
            // Type 1 tells keys to be left out by example, 0 pairs, 2 both.
            mask = maskType == 1 && mask.Rank == 2 ? call.Unsqueeze(mask, 1, 2) : mask;
            scores = mask.Type == TorchType.Bool ? call.Call("masked_fill", scores, mask, double.NegativeInfinity) : call.Call("add", scores, mask);
        }

        var weights = call.Call("softmax", scores, -1L);
        var made = call.Call("transpose", call.Call("matmul", weights, v), 1L, 2L);
        made = call.Reshape(made, [query.Shape[0], query.Shape[1], width]);
        return (call.Call("linear", made, call.Tensor("proj_weight"), call.Tensor("proj_bias")), weights);

        Tensor Project(Tensor x, long part)
        {
            var projected = call.Call("linear", x, call.Slice(weight, 0, part * width, (part + 1) * width), call.Slice(bias, 0, part * width, (part + 1) * width));
            return call.Call("transpose", call.Reshape(projected, [x.Shape[0], x.Shape[1], heads, width / heads]), 1L, 2L);
        }
    }

    private static Tensor Norm(OperatorCall call, Tensor x, string which) =>
        call.Call("layer_norm", x, call.List([x.Shape[^1]]), call.Tensor($"norm_weight_{which}"), call.Tensor($"norm_bias_{which}"), call.Double("eps"));
}
