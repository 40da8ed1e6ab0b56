using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Indexing;

/// <summary>Diagonals and triangles of matrices.</summary>
internal static class Diagonals
{
    public static Tensor Read(OperatorCall call)
    {
        var x = call.Tensor("self");
        var (first, second, offset) = (call.Dim(call.Int("dim1"), x.Rank), call.Dim(call.Int("dim2"), x.Rank), call.Int("offset"));
        int[] rest = [.. Enumerable.Range(0, x.Rank).Where(axis => axis != first && axis != second)];
        var moved = call.Permute(x, [.. rest, first, second]);
        var rows = offset < 0 ? SymMath.Add(x.Shape[first], offset) : x.Shape[first];
        var columns = offset > 0 ? SymMath.Add(x.Shape[second], -offset) : x.Shape[second];
        var length = call.Decide("le", rows, columns) == false ? columns : rows;
        var flat = call.Reshape(moved, [.. moved.Shape[..^2], SymMath.Mul(x.Shape[first], x.Shape[second])]);
        var start = offset >= 0 ? offset : SymMath.Mul(x.Shape[second], -offset);
        var places = call.Call("add", call.Call("mul", call.Call("arange", length), SymMath.Add(x.Shape[second], 1L)), start);
        return call.Of(call.Node("Gather", [call.Name(flat), call.Name(places)], OnnxAttribute.Of("axis", flat.Rank - 1L)), x.Type, [.. moved.Shape[..^2], length]);
    }

    public static Tensor Diag(OperatorCall call)
    {
        var x = call.Tensor("self");
        return x.Rank == 1 ? call.Call("diag_embed", x, call.Int("diagonal")) : call.Call("diagonal", x, call.Int("diagonal"));
    }

    /// <summary>A matrix with the last dimension on a diagonal.</summary>
    public static Tensor Embed(OperatorCall call)
    {
        var x = call.Tensor("self");
        var offset = call.Int("offset");
        if (call.Dim(call.Int("dim1"), x.Rank + 1) != x.Rank - 1 || call.Dim(call.Int("dim2"), x.Rank + 1) != x.Rank)
        {
            throw call.Refused("other dimensions than the last two");
        }

        var size = SymMath.Add(x.Shape[^1], Math.Abs(offset));
        var places = call.Call("arange", size);
        var isOn = call.Call("eq", call.Unsqueeze(places, 0), call.Call("add", call.Unsqueeze(places, 1), offset));

        // Column j of a row above takes element j − offset, of a row below element j.
        var wide = call.Call("constant_pad_nd", x, call.List(offset > 0 ? [offset, 0L] : [0L, -offset]), 0L);
        return call.Call("where", isOn, call.Unsqueeze(wide, x.Rank - 1), call.Number(0L, x.Type));
    }

    public static Tensor Triangle(OperatorCall call, long upper)
    {
        var x = call.Tensor("self");
        var type = x.Type is TorchType.Int32 or TorchType.Int16 or TorchType.Int8 or TorchType.UInt8 ? TorchType.Int64 : x.Type;
        return call.Made(call.Node("Trilu", [call.As(x, type), call.Graph.Number(call.Int("diagonal"), TorchType.Int64)], OnnxAttribute.Of("upper", upper)), type, x.Type, x.Shape);
    }
}
