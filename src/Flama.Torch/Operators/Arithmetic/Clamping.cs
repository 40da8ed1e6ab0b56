using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Arithmetic;

/// <summary>The larger and the smaller of two.</summary>
internal static class Clamping
{
    public static Tensor Clamp(OperatorCall call)
    {
        var x = call.Tensor("self");
        x = call.FindTensor("min") is { } low ? Larger(call, x, low) : x;
        return call.FindTensor("max") is { } high ? Smaller(call, x, high) : x;
    }

    public static Tensor Larger(OperatorCall call, Tensor a, Tensor b) => Combine(call, "Max", a, b);

    public static Tensor Smaller(OperatorCall call, Tensor a, Tensor b) => Combine(call, "Min", a, b);

    public static Tensor FMax(OperatorCall call) => Ignoring(call, "Max");

    public static Tensor FMin(OperatorCall call) => Ignoring(call, "Min");

    public static Tensor NanToNumber(OperatorCall call)
    {
        var x = call.Tensor("self");
        if (!TorchTypes.IsFloating(x.Type))
        {
            return x;
        }

        var (low, high) = x.Type switch
        {
            TorchType.Double => (double.MinValue, double.MaxValue),
            TorchType.Half => (-65504.0, 65504.0),
            _ => (float.MinValue, float.MaxValue),
        };
        var clean = call.Call("where", call.Call("isnan", x), call.Number(call.FindDouble("nan") ?? 0, x.Type), x);
        clean = call.Call("where", call.Call("eq", x, double.PositiveInfinity), call.Number(call.FindDouble("posinf") ?? high, x.Type), clean);
        return call.Call("where", call.Call("eq", x, double.NegativeInfinity), call.Number(call.FindDouble("neginf") ?? low, x.Type), clean);
    }

    private static Tensor Combine(OperatorCall call, string onnx, Tensor a, Tensor b)
    {
        var type = OperatorCall.Promote(a, b);
        var working = OperatorCall.Working(type);
        return call.Made(call.Node(onnx, [call.As(a, working), call.As(b, working)]), working, type, call.Broadcast(a.Shape, b.Shape));
    }

    private static Tensor Ignoring(OperatorCall call, string onnx)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var both = Combine(call, onnx, a, b);
        return call.Call("where", call.Call("isnan", a), b, call.Call("where", call.Call("isnan", b), a, both));
    }
}
