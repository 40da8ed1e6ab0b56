using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Loss;

/// <summary>Losses of single elements.</summary>
internal static class Losses
{
    public static Tensor Difference(OperatorCall call) => call.Call("sub", call.Tensor("self"), call.Tensor("target"));

    /// <summary>All (0), their mean (1) or their sum (2).</summary>
    public static Tensor Reduced(OperatorCall call, Tensor losses) => call.Int("reduction") switch
    {
        0 => losses,
        1 => call.Call("mean", losses),
        _ => call.Call("sum", losses),
    };

    /// <summary>Quadratic within the width, linear beyond.</summary>
    public static Tensor Smooth(OperatorCall call, double width, double scale)
    {
        var size = call.Call("abs", Difference(call));
        var near = call.Call("mul", call.Call("square", size), 0.5 / width);
        return Reduced(call, call.Call("mul", call.Call("where", call.Call("lt", size, width), near, call.Call("sub", size, width / 2)), scale));
    }

    /// <summary>Logarithms are cut at −100.</summary>
    public static Tensor BinaryCrossEntropy(OperatorCall call)
    {
        var (x, target) = (call.Tensor("self"), call.Tensor("target"));
        var one = call.Call("mul", target, call.Call("clamp_min", call.Call("log", x), -100.0));
        var other = call.Call("mul", call.Call("rsub", target, 1.0), call.Call("clamp_min", call.Call("log", call.Call("rsub", x, 1.0)), -100.0));
        return Weighted(call, call.Call("neg", call.Call("add", one, other)));
    }

    public static Tensor BinaryCrossEntropyWithLogits(OperatorCall call)
    {
        var (x, target) = (call.Tensor("self"), call.Tensor("target"));
        var positive = call.Call("log_sigmoid", x);
        var negative = call.Call("log_sigmoid", call.Call("neg", x));
        positive = call.FindTensor("pos_weight") is { } weight ? call.Call("mul", positive, weight) : positive;
        return Weighted(call, call.Call("neg", call.Call("add", call.Call("mul", target, positive), call.Call("mul", call.Call("rsub", target, 1.0), negative))));
    }

    public static Tensor Poisson(OperatorCall call)
    {
        var (x, target) = (call.Tensor("input"), call.Tensor("target"));
        var loss = call.Bool("log_input")
            ? call.Call("sub", call.Call("exp", x), call.Call("mul", target, x))
            : call.Call("sub", x, call.Call("mul", target, call.Call("log", call.Call("add", x, call.Double("eps")))));
        if (call.Bool("full"))
        {
            var stirling = call.Call("add", call.Call("sub", call.Call("mul", target, call.Call("log", target)), target), call.Call("mul", call.Call("log", call.Call("mul", target, 2 * Math.PI)), 0.5));
            loss = call.Call("add", loss, call.Call("where", call.Call("le", target, 1.0), call.Call("zeros_like", stirling), stirling));
        }

        return Reduced(call, loss);
    }

    public static Tensor KullbackLeibler(OperatorCall call)
    {
        var (x, target) = (call.Tensor("self"), call.Tensor("target"));
        return Reduced(call, call.Bool("log_target")
            ? call.Call("mul", call.Call("exp", target), call.Call("sub", target, x))
            : call.Call("sub", call.Call("xlogy", target, target), call.Call("mul", target, x)));
    }

    private static Tensor Weighted(OperatorCall call, Tensor losses) => Reduced(call, call.FindTensor("weight") is { } weight ? call.Call("mul", losses, weight) : losses);
}
