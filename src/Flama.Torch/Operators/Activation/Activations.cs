using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Activation;

/// <summary>Activations that are more than one node.</summary>
internal static class Activations
{
    public static Tensor Relu(OperatorCall call)
    {
        var x = call.Tensor("self");
        return TorchTypes.IsFloating(x.Type) ? call.Float("Relu", x) : call.Call("clamp", x, 0L);
    }

    /// <summary>scale · x above 0, else scale · alpha · (exp(x · input_scale) − 1).</summary>
    public static Tensor Elu(OperatorCall call)
    {
        var x = call.Tensor("self");
        var (alpha, scale, inner) = (call.Double("alpha"), call.Double("scale"), call.Double("input_scale"));
        if (inner == 1)
        {
            var plain = call.Float("Elu", x, OnnxAttribute.Of("alpha", (float)alpha));
            return scale == 1 ? plain : call.Call("mul", plain, scale);
        }

        var below = call.Call("mul", call.Call("expm1", call.Call("mul", x, inner)), alpha * scale);
        return call.Call("where", call.Call("gt", x, 0L), call.Call("mul", x, scale), below);
    }

    /// <summary>The weights stand along dimension 1.</summary>
    public static Tensor PRelu(OperatorCall call)
    {
        var (x, weight) = (call.Tensor("self"), call.Tensor("weight"));
        if (x.Rank > 1 && weight.Rank == 1 && weight.Shape[0] is not 1L)
        {
            weight = call.Reshape(weight, [weight.Shape[0], .. Enumerable.Repeat((object)1L, x.Rank - 2)]);
        }

        return Slope(call, x, weight);
    }

    public static Tensor PReluKernel(OperatorCall call) => Slope(call, call.Tensor("self"), call.Tensor("weight"));

    /// <summary>Not in training: the mean of the slopes.</summary>
    public static Tensor RRelu(OperatorCall call)
    {
        RequireEval(call, "training");
        return call.Float("LeakyRelu", call.Tensor("self"), OnnxAttribute.Of("alpha", (float)((call.Double("lower") + call.Double("upper")) / 2)));
    }

    /// <summary>log(1 + exp(beta · x)) / beta, and x itself above the threshold.</summary>
    public static Tensor Softplus(OperatorCall call)
    {
        var x = call.Tensor("self");
        var beta = call.Double("beta");
        var scaled = beta == 1 ? x : call.Call("mul", x, beta);
        var soft = call.Float("Softplus", scaled);
        soft = beta == 1 ? soft : call.Call("div", soft, beta);
        return call.Call("where", call.Call("gt", scaled, call.Double("threshold")), x, soft);
    }

    public static Tensor SoftShrink(OperatorCall call)
    {
        var x = call.Tensor("self");
        var width = call.Double("lambd");
        var above = call.Call("where", call.Call("gt", x, width), call.Call("sub", x, width), call.Number(0.0, x.Type));
        return call.Call("where", call.Call("lt", x, -width), call.Call("add", x, width), above);
    }

    public static Tensor HardShrink(OperatorCall call)
    {
        var x = call.Tensor("self");
        var width = call.Double("lambd");
        return call.Call("where", call.Call("le", call.Call("abs", x), width), call.Number(0.0, x.Type), x);
    }

    public static Tensor Threshold(OperatorCall call)
    {
        var x = call.Tensor("self");
        return call.Call("where", call.Call("gt", x, call.Get("threshold")), x, call.To(call.Tensor("value"), x.Type));
    }

    public static Tensor Glu(OperatorCall call)
    {
        var halves = call.CallMany(2, "chunk", call.Tensor("self"), 2L, call.Int("dim"));
        return call.Call("mul", halves[0], call.Call("sigmoid", halves[1]));
    }

    public static Tensor Softmax(OperatorCall call, string onnx)
    {
        var x = call.Tensor("self");
        x = call.Type("dtype") is { } type ? call.To(x, type) : x;
        return x.Rank == 0 ? call.Squeeze(call.Float(onnx, call.Unsqueeze(x, 0)), 0) : call.Float(onnx, x, OnnxAttribute.Of("axis", (long)call.Dim(call.Int("dim"), x.Rank)));
    }

    /// <summary>A row that is all −∞ gives zeros.</summary>
    public static Tensor SafeSoftmax(OperatorCall call)
    {
        var (x, dim) = (call.Tensor("self"), call.Int("dim"));
        var isMasked = call.Call("all", call.Call("eq", x, double.NegativeInfinity), dim, true);
        return call.Call("masked_fill", call.Call("softmax", x, dim), isMasked, 0.0);
    }

    public static Tensor Dropout(OperatorCall call)
    {
        RequireEval(call, "train");
        return call.Tensor("input");
    }

    private static void RequireEval(OperatorCall call, string argument)
    {
        if (call.Bool(argument))
        {
            throw call.Refused("it is run as in training: call model.eval() before the model is saved");
        }
    }

    private static Tensor Slope(OperatorCall call, Tensor x, Tensor weight) => call.Call("where", call.Call("gt", x, 0L), x, call.Call("mul", x, weight));
}
