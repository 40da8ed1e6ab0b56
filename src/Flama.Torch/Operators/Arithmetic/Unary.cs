using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Arithmetic;

/// <summary>Functions of single elements.</summary>
internal static class Unary
{
    public static Tensor Negate(OperatorCall call) => Whole(call, "Neg", "neg");

    public static Tensor Abs(OperatorCall call) => Whole(call, "Abs", "abs");

    public static Tensor Sign(OperatorCall call) => Whole(call, "Sign", null);

    public static Tensor Floor(OperatorCall call) => Rounded(call, "Floor", "floor");

    public static Tensor Ceil(OperatorCall call) => Rounded(call, "Ceil", "ceil");

    /// <summary>Half to even; with decimals the number is scaled first.</summary>
    public static Tensor Round(OperatorCall call)
    {
        var decimals = call.Int("decimals");
        if (decimals == 0)
        {
            return Rounded(call, "Round", null);
        }

        var scale = Math.Pow(10, Math.Abs(decimals));
        var (enter, leave) = decimals > 0 ? ("mul", "div") : ("div", "mul");
        return call.Call(leave, call.Float("Round", call.Call(enter, call.Tensor("self"), scale)), scale);
    }

    public static Tensor Trunc(OperatorCall call)
    {
        var x = call.Tensor("self");
        return TorchTypes.IsFloating(x.Type) ? call.Call("mul", call.Call("sign", x), call.Float("Floor", call.Call("abs", x))) : x;
    }

    /// <summary>exp(x) − 1 without cancellation: 2·sinh(x/2)·exp(x/2).</summary>
    public static Tensor ExpM1(OperatorCall call)
    {
        var x = call.To(call.Tensor("self"), OperatorCall.Floating(call.Tensor("self").Type));
        var half = call.Call("mul", x, 0.5);
        var near = call.Call("mul", call.Call("mul", call.Call("sinh", half), 2.0), call.Call("exp", half));
        return call.Call("where", call.Call("lt", call.Call("abs", x), 1.0), near, call.Call("sub", call.Call("exp", x), 1.0));
    }

    /// <summary>log(1 + x) without cancellation: 2·atanh(x / (x + 2)).</summary>
    public static Tensor Log1P(OperatorCall call)
    {
        var x = call.To(call.Tensor("self"), OperatorCall.Floating(call.Tensor("self").Type));
        var near = call.Call("mul", call.Call("atanh", call.Call("div", x, call.Call("add", x, 2.0))), 2.0);
        return call.Call("where", call.Call("lt", call.Call("abs", x), 0.5), near, call.Call("log", call.Call("add", x, 1.0)));
    }

    public static Tensor Sinc(OperatorCall call)
    {
        var x = call.Call("mul", call.Tensor("self"), Math.PI);
        return call.Call("where", call.Call("eq", x, 0.0), call.Call("ones_like", x), call.Call("div", call.Call("sin", x), x));
    }

    public static Tensor Logit(OperatorCall call)
    {
        var x = call.Tensor("self");
        x = call.FindDouble("eps") is { } eps ? call.Call("clamp", x, eps, 1 - eps) : x;
        return call.Call("log", call.Call("div", x, call.Call("rsub", x, 1.0)));
    }

    /// <summary>−x·log(x); 0 at 0, −∞ below.</summary>
    public static Tensor Entropy(OperatorCall call)
    {
        var x = call.Tensor("self");
        var inside = call.Call("neg", call.Call("mul", x, call.Call("log", x)));
        var below = call.Call("where", call.Call("lt", x, 0.0), call.TensorOf(double.NegativeInfinity), inside);
        return call.Call("where", call.Call("eq", x, 0.0), call.Call("zeros_like", inside), below);
    }

    private static Tensor Whole(OperatorCall call, string onnx, string? known)
    {
        var x = call.Tensor("self");
        if (known is not null && x.Value.Scalar is { } scalar)
        {
            return call.Number(SymMath.Apply(known, scalar), x.Type);
        }

        var working = OperatorCall.Working(x.Type);
        return call.Made(call.Node(onnx, [call.As(x, working)]), working, x.Type, x.Shape);
    }

    private static Tensor Rounded(OperatorCall call, string onnx, string? known)
    {
        var x = call.Tensor("self");
        return known is not null && x.Value.Scalar is { } scalar ? call.Number(SymMath.Apply("float", SymMath.Apply(known, scalar)), x.Type)
            : TorchTypes.IsFloating(x.Type) ? call.Float(onnx, x) : x;
    }
}
