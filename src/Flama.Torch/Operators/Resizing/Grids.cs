using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Resizing;

/// <summary>Pictures read at coordinates that a tensor holds.</summary>
internal static class Grids
{
    public static Tensor Sample(OperatorCall call)
    {
        var (x, grid) = (call.Tensor("input"), call.Tensor("grid"));
        var mode = call.Int("interpolation_mode") switch { 0 => "linear", 1 => "nearest", _ => "cubic" };
        var padding = call.Int("padding_mode") switch { 0 => "zeros", 1 => "border", _ => "reflection" };
        var node = call.Node("GridSample", [call.As(x, TorchType.Float), call.As(grid, TorchType.Float)],
            OnnxAttribute.Of("mode", mode), OnnxAttribute.Of("padding_mode", padding), OnnxAttribute.Of("align_corners", call.Bool("align_corners") ? 1L : 0L));
        return call.Made(node, TorchType.Float, x.Type, [x.Shape[0], x.Shape[1], .. grid.Shape[1..^1]]);
    }

    /// <summary>The places of a picture's cells from −1 to 1, moved by a matrix for each example.</summary>
    public static Tensor Affine(OperatorCall call)
    {
        var (theta, size) = (call.Tensor("theta"), call.Sizes("size"));
        if (size.Length != 4)
        {
            throw call.Refused("grids of volumes");
        }

        var (height, width) = (size[2], size[3]);
        object[] plane = [height, width];
        var x = call.Expand(call.Unsqueeze(Places(width), 0), plane);
        var y = call.Expand(call.Unsqueeze(Places(height), 1), plane);
        var ones = call.Expand(call.Number(1.0, theta.Type), plane);
        var cells = call.Reshape(call.Call("stack", call.List([x, y, ones]), -1L), [SymMath.Mul(height, width), 3L]);
        return call.Reshape(call.Call("matmul", cells, call.Call("transpose", theta, 1L, 2L)), [size[0], height, width, 2L]);

        Tensor Places(object length)
        {
            var numbers = call.To(call.Call("arange", length), theta.Type);
            return call.Bool("align_corners")
                ? call.Call("sub", call.Call("mul", numbers, SymMath.Apply("truediv", 2L, SymMath.Add(length, -1L))), 1.0)
                : call.Call("sub", call.Call("div", call.Call("add", call.Call("mul", numbers, 2.0), 1.0), call.Number(length, theta.Type)), 1.0);
        }
    }
}
