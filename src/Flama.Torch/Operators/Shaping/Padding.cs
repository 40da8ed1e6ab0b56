using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Shaping;

/// <summary>Cells around a tensor; torch tells them from the last dimension on.</summary>
internal static class Padding
{
    public static Tensor Pad(OperatorCall call)
    {
        var (x, pad) = (call.Tensor("self"), call.Ints("pad"));
        return call.Text("mode") is "constant" ? Constant(call, x, pad, call.FindDouble("value") ?? 0.0) : Around(call, x, pad, call.Text("mode"));
    }

    public static Tensor Constant(OperatorCall call, Tensor x, long[] pad, object value)
    {
        var type = x.Type is TorchType.Int16 ? TorchType.Int32 : x.Type;
        return Node(call, x, pad, type, [call.Graph.Number(value, type)], OnnxAttribute.Of("mode", "constant"));
    }

    public static Tensor Around(OperatorCall call, Tensor x, long[] pad, string mode) => mode switch
    {
        "reflect" => Node(call, x, pad, x.Type, [], OnnxAttribute.Of("mode", "reflect")),
        "replicate" => Node(call, x, pad, x.Type, [], OnnxAttribute.Of("mode", "edge")),
        "circular" => Node(call, x, pad, x.Type, [], OnnxAttribute.Of("mode", "wrap")),
        _ => throw call.Refused($"padding of mode '{SafeText.OneLine(mode, 30)}'"),
    };

    private static Tensor Node(OperatorCall call, Tensor x, long[] pad, TorchType type, string[] value, params IReadOnlyList<OnnxAttribute> attributes)
    {
        var pads = new long[2 * x.Rank];
        var shape = x.Shape.ToArray();
        for (var i = 0; i < pad.Length / 2; i++)
        {
            var axis = x.Rank - 1 - i;
            var length = x.Shape[axis];
            (pads[axis], pads[x.Rank + axis]) = (pad[2 * i], pad[(2 * i) + 1]);
            shape[axis] = SymMath.Add(length, pad[2 * i] + pad[(2 * i) + 1]);
        }

        return call.Made(call.Node("Pad", [call.As(x, type), call.Graph.Vector(pads), .. value], attributes), type, x.Type, shape);
    }
}
