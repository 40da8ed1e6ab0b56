using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Arithmetic;

/// <summary>Quotients and what is left of them.</summary>
internal static class Division
{
    public static Tensor Divide(OperatorCall call) => call.Get("rounding_mode") switch
    {
        null => TrueDivide(call),
        "floor" => FloorDivide(call),
        _ => Truncated(call, call.Tensor("self"), call.Tensor("other")),
    };

    /// <summary>Whole numbers give float32.</summary>
    public static Tensor TrueDivide(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var type = OperatorCall.Floating(OperatorCall.Promote(a, b));
        return Known(call, "truediv", a, b, type) ?? call.Of(call.Node("Div", [call.As(a, type), call.As(b, type)]), type, call.Broadcast(a.Shape, b.Shape));
    }

    public static Tensor FloorDivide(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var type = OperatorCall.Promote(a, b);
        if (Known(call, "floordiv", a, b, type) is { } known)
        {
            return known;
        }

        var shape = call.Broadcast(a.Shape, b.Shape);
        var working = OperatorCall.Working(type);
        var (x, y) = (call.As(a, working), call.As(b, working));

        // What is left follows the divisor: without it the quotient is whole.
        return TorchTypes.IsFloating(type)
            ? Floored(call, call.Of(x, type, a.Shape), call.Of(y, type, b.Shape), shape)
            : call.Made(call.Node("Div", [call.Node("Sub", [x, call.Node("Mod", [x, y])]), y]), working, type, shape);
    }

    public static Tensor Remainder(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var type = OperatorCall.Promote(a, b);
        if (Known(call, "mod", a, b, type) is { } known)
        {
            return known;
        }

        var shape = call.Broadcast(a.Shape, b.Shape);
        var working = OperatorCall.Working(type);
        var (x, y) = (call.As(a, working), call.As(b, working));
        if (!TorchTypes.IsFloating(type))
        {
            return call.Made(call.Node("Mod", [x, y]), working, type, shape);
        }

        // The dividend's remainder, moved to the divisor's side where the signs differ.
        var rest = call.Of(call.Node("Mod", [x, y], OnnxAttribute.Of("fmod", 1L)), type, shape);
        var differs = call.Call("logical_and", call.Call("ne", rest, 0L), call.Call("ne", call.Call("lt", rest, 0L), call.Call("lt", b, 0L)));
        return call.Call("where", differs, call.Call("add", rest, call.To(b, type)), rest);
    }

    public static Tensor Fmod(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var type = OperatorCall.Promote(a, b);
        var working = OperatorCall.Working(type);
        return Known(call, "fmod", a, b, type)
            ?? call.Made(call.Node("Mod", [call.As(a, working), call.As(b, working)], OnnxAttribute.Of("fmod", 1L)), working, type, call.Broadcast(a.Shape, b.Shape));
    }

    // The remainder is exact where the quotient is rounded: 1 // 0.2 is 4.
    private static Tensor Floored(OperatorCall call, Tensor a, Tensor b, object[] shape)
    {
        var rest = call.Of(call.Node("Mod", [call.Name(a), call.Name(b)], OnnxAttribute.Of("fmod", 1L)), a.Type, shape);
        var whole = call.Call("div", call.Call("sub", a, rest), b);
        var isBelow = call.Call("logical_and", call.Call("ne", rest, 0L), call.Call("ne", call.Call("lt", rest, 0L), call.Call("lt", b, 0L)));
        whole = call.Call("round", call.Call("where", isBelow, call.Call("sub", whole, 1L), whole));
        return call.Call("where", call.Call("eq", b, 0L), call.Call("div", a, b), whole);
    }

    private static Tensor Truncated(OperatorCall call, Tensor a, Tensor b)
    {
        var type = OperatorCall.Promote(a, b);
        var working = OperatorCall.Working(type);
        var quotient = call.Of(call.Node("Div", [call.As(a, working), call.As(b, working)]), working, call.Broadcast(a.Shape, b.Shape));
        return TorchTypes.IsFloating(type) ? call.Call("trunc", quotient) : call.To(quotient, type);
    }

    private static Tensor? Known(OperatorCall call, string operation, Tensor a, Tensor b, TorchType type) =>
        a.Value.Scalar is { } first && b.Value.Scalar is { } second ? call.Number(SymMath.Apply(operation, first, second), type) : null;
}
