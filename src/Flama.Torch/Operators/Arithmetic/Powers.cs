using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Arithmetic;

/// <summary>Powers.</summary>
internal static class Powers
{
    public static Tensor Pow(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("exponent"));
        if (a.Value.Scalar is { } first && b.Value.Scalar is { } second)
        {
            return call.Number(SymMath.Apply("pow", first, second), OperatorCall.Promote(a, b));
        }

        if (b.Value is { IsNumber: true, Scalar: 2L or 2.0 } && !(b.Value.Scalar is double && !TorchTypes.IsFloating(a.Type)))
        {
            return call.Call("mul", a, a);
        }

        var type = OperatorCall.Promote(a, b);
        var working = OperatorCall.Working(type);
        return call.Made(call.Node("Pow", [call.As(a, working), call.As(b, working)]), working, type, call.Broadcast(a.Shape, b.Shape));
    }

    /// <summary>Always in double.</summary>
    public static Tensor FloatPower(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("exponent"));
        return call.Of(call.Node("Pow", [call.As(a, TorchType.Double), call.As(b, TorchType.Double)]), TorchType.Double, call.Broadcast(a.Shape, b.Shape));
    }
}
