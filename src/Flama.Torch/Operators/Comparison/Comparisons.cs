using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Comparison;

/// <summary>Comparisons, truth values, and the choice by them.</summary>
internal static class Comparisons
{
    public static Tensor Compare(OperatorCall call, string name, string onnx, Tensor a, Tensor b)
    {
        if (a.Value.Scalar is { } first && b.Value.Scalar is { } second)
        {
            return call.Number(SymMath.Apply(name, first, second), TorchType.Bool);
        }

        var type = OperatorCall.Promote(a, b);
        var working = OperatorCall.Working(type);
        string[] values = [call.As(a, working), call.As(b, working)];
        var result = onnx == "NotEqual" ? call.Node("Not", [call.Node("Equal", values)]) : call.Node(onnx, values);
        return call.Of(result, TorchType.Bool, call.Broadcast(a.Shape, b.Shape));
    }

    public static Tensor Logical(OperatorCall call, string onnx)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        return call.Of(call.Node(onnx, [call.As(a, TorchType.Bool), call.As(b, TorchType.Bool)]), TorchType.Bool, call.Broadcast(a.Shape, b.Shape));
    }

    public static Tensor IsNan(OperatorCall call) => Test(call, "IsNaN");

    public static Tensor IsInf(OperatorCall call) => Test(call, "IsInf");

    public static Tensor IsClose(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var allowed = call.Call("add", call.Call("mul", call.Call("abs", b), call.Double("rtol")), call.Double("atol"));
        var isNear = call.Call("logical_and", call.Call("le", call.Call("abs", call.Call("sub", a, b)), allowed), call.Call("isfinite", b));
        var isClose = call.Call("logical_or", call.Call("eq", a, b), isNear);
        return call.Bool("equal_nan") ? call.Call("logical_or", isClose, call.Call("logical_and", call.Call("isnan", a), call.Call("isnan", b))) : isClose;
    }

    public static object Where(OperatorCall call) => Choose(call, call.Tensor("condition"), call.Tensor("self"), call.Tensor("other"));

    public static Tensor MaskedFill(OperatorCall call)
    {
        var self = call.Tensor("self");
        return Choose(call, call.Tensor("mask"), call.To(call.Tensor("value"), self.Type), self);
    }

    /// <summary>Takes the one or the other, element by element.</summary>
    public static Tensor Choose(OperatorCall call, Tensor condition, Tensor a, Tensor b)
    {
        var type = OperatorCall.Promote(a, b);
        var shape = call.Broadcast(condition.Shape, a.Shape, b.Shape);
        var test = call.As(condition, TorchType.Bool);
        var working = OperatorCall.Working(type);
        return call.Made(call.Node("Where", [test, call.As(a, working), call.As(b, working)]), working, type, shape);
    }

    private static Tensor Test(OperatorCall call, string onnx)
    {
        var x = call.Tensor("self");
        return call.Of(call.Node(onnx, [call.As(x, OperatorCall.Floating(x.Type))]), TorchType.Bool, x.Shape);
    }
}
