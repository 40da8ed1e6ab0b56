using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Normalization;

/// <summary>Normalisations: (x − mean) / √(variance + eps) · weight + bias, the variance being the biased one.</summary>
internal static class Normalizations
{
    public static Tensor BatchNorm(OperatorCall call)
    {
        var hasStatistics = call.FindTensor("running_mean") is not null;
        if (call.Bool("training") && hasStatistics)
        {
            throw call.Refused("it is run as in training: call model.eval() before the model is saved");
        }

        return hasStatistics ? Running(call) : OfBatch(call);
    }

    /// <summary>With the statistics of training.</summary>
    public static Tensor Running(OperatorCall call)
    {
        var (x, mean, variance) = (call.Tensor("input"), call.Tensor("running_mean"), call.Tensor("running_var"));
        var channels = mean.Shape;
        var weight = call.FindTensor("weight") ?? Filled(call, channels, 1, x.Type);
        var bias = call.FindTensor("bias") ?? Filled(call, channels, 0, x.Type);
        var type = x.Type;
        call.Broadcast([x.Shape[1]], [channels[0]]);
        return call.Of(call.Node("BatchNormalization", [call.Name(x), call.As(weight, type), call.As(bias, type), call.As(mean, type), call.As(variance, type)], OnnxAttribute.Of("epsilon", (float)call.Double("eps"))), type, x.Shape);
    }

    /// <summary>With the statistics of the batch, also where the model is not trained.</summary>
    public static Tensor OfBatch(OperatorCall call)
    {
        var x = call.Tensor("input");
        return Affine(call, Standardized(call, x, [.. Enumerable.Range(0, x.Rank).Where(axis => axis != 1)]));
    }

    public static Tensor LayerNorm(OperatorCall call)
    {
        var (x, shape) = (call.Tensor("input"), call.Sizes("normalized_shape"));
        call.Broadcast(x.Shape[^shape.Length..], shape);
        var weight = call.FindTensor("weight") ?? Filled(call, shape, 1, x.Type);
        string[] values = call.FindTensor("bias") is { } bias ? [call.Name(x), call.As(weight, x.Type), call.As(bias, x.Type)] : [call.Name(x), call.As(weight, x.Type)];
        return call.Of(call.Node("LayerNormalization", values, OnnxAttribute.Of("axis", (long)-shape.Length), OnnxAttribute.Of("epsilon", (float)call.Double("eps"))), x.Type, x.Shape);
    }

    public static Tensor RmsNorm(OperatorCall call)
    {
        var (x, shape) = (call.Tensor("input"), call.Sizes("normalized_shape"));
        var axes = call.List(Enumerable.Range(1, shape.Length).Select(i => (object?)(long)-i));
        var eps = call.FindDouble("eps") ?? (x.Type == TorchType.Double ? double.BitIncrement(1) - 1 : 1.1920929e-07);
        var mean = call.Call("mean", call.Call("square", x), axes, true);
        var made = call.Call("mul", x, call.Call("rsqrt", call.Call("add", mean, eps)));
        return call.FindTensor("weight") is { } weight ? call.Call("mul", made, weight) : made;
    }

    public static Tensor GroupNorm(OperatorCall call, long groups)
    {
        var x = call.Tensor("input");
        object[] grouped = [x.Shape[0], groups, SymMath.Product([SymMath.FloorDiv(x.Shape[1], groups), .. x.Shape[2..]])];
        return Affine(call, call.Reshape(Standardized(call, call.Reshape(x, grouped), [2]), x.Shape));
    }

    public static Tensor InstanceNorm(OperatorCall call)
    {
        var x = call.Tensor("input");
        if (!call.Bool("use_input_stats"))
        {
            return Running(call);
        }

        return Affine(call, Standardized(call, x, [.. Enumerable.Range(2, x.Rank - 2)]));
    }

    private static Tensor Standardized(OperatorCall call, Tensor x, int[] axes)
    {
        var list = call.List(axes.Select(axis => (object?)(long)axis));
        var centred = call.Call("sub", x, call.Call("mean", x, list, true));
        var variance = call.Call("mean", call.Call("square", centred), list, true);
        return call.Call("div", centred, call.Call("sqrt", call.Call("add", variance, call.Double("eps"))));
    }

    // Weights stand along dimension 1.
    private static Tensor Affine(OperatorCall call, Tensor x)
    {
        var made = call.FindTensor("weight") is { } weight ? call.Call("mul", x, Aligned(weight)) : x;
        return call.FindTensor("bias") is { } bias ? call.Call("add", made, Aligned(bias)) : made;

        Tensor Aligned(Tensor vector) => call.Reshape(vector, [vector.Shape[0], .. Enumerable.Repeat((object)1L, x.Rank - 2)]);
    }

    private static Tensor Filled(OperatorCall call, object[] shape, double value, TorchType type) => call.Expand(call.Number(value, type), shape);
}
