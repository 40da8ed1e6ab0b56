using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Arithmetic;

/// <summary>Operators on the bits of whole numbers and on truth values.</summary>
internal static class Bits
{
    public static Tensor Combine(OperatorCall call, string onnx)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var type = OperatorCall.Promote(a, b);
        return call.Of(call.Node(type == TorchType.Bool ? onnx : $"Bitwise{onnx}", [call.As(a, type), call.As(b, type)]), type, call.Broadcast(a.Shape, b.Shape));
    }

    public static Tensor Not(OperatorCall call)
    {
        var x = call.Tensor("self");
        return call.Of(call.Node(x.Type == TorchType.Bool ? "Not" : "BitwiseNot", [call.Name(x)]), x.Type, x.Shape);
    }

    /// <summary>As products and floored quotients: ONNX shifts unsigned numbers only.</summary>
    public static Tensor Shift(OperatorCall call, bool left)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var power = call.To(call.Call("pow", 2L, call.To(b, TorchType.Int64)), OperatorCall.Promote(a, b));
        return call.Call(left ? "mul" : "floor_divide", a, power);
    }
}
