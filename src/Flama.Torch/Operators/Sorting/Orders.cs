using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Sorting;

/// <summary>Sorted elements; what is not a number counts as the largest.</summary>
internal static class Orders
{
    public static PythonTuple Sort(OperatorCall call)
    {
        var x = call.Tensor("self");
        return x.Rank == 0 ? OperatorCall.Tuple(x, call.Number(0L, TorchType.Int64)) : Top(call, x, x.Shape[call.Dim(call.Int("dim"), x.Rank)], call.Int("dim"), call.Bool("descending"));
    }

    public static PythonTuple Top(OperatorCall call, Tensor x, object count, long dim, bool largest)
    {
        var axis = call.Dim(dim, x.Rank);
        var type = OperatorCall.Working(x.Type);
        object[] shape = [.. x.Shape[..axis], count, .. x.Shape[(axis + 1)..]];
        if (!TorchTypes.IsFloating(type))
        {
            var plain = call.Graph.Nodes("TopK", 2, [call.As(x, type), call.Graph.Lengths(count)], OnnxAttribute.Of("axis", (long)axis), OnnxAttribute.Of("largest", largest ? 1L : 0L));
            return OperatorCall.Tuple(call.Made(plain[0], type, x.Type, shape), call.Of(plain[1], TorchType.Int64, shape));
        }

        // Infinity stands for what is not a number while the places are found.
        var key = call.Call("where", call.Call("isnan", x), call.Number(double.PositiveInfinity, x.Type), x);
        var made = call.Graph.Nodes("TopK", 2, [call.Name(key), call.Graph.Lengths(count)], OnnxAttribute.Of("axis", (long)axis), OnnxAttribute.Of("largest", largest ? 1L : 0L));
        var places = call.Of(made[1], TorchType.Int64, shape);
        return OperatorCall.Tuple(call.Call("gather", x, (long)axis, places), places);
    }

    public static PythonTuple Kth(OperatorCall call)
    {
        var x = call.Tensor("self");
        var axis = call.Dim(call.Int("dim"), x.Rank);
        return At(call, Top(call, x, x.Shape[axis], axis, largest: false), axis, SymMath.Add(call.Size("k"), -1L), call.Bool("keepdim"));
    }

    /// <summary>The lower of the two in the middle; not a number where an element is not.</summary>
    public static PythonTuple Median(OperatorCall call, long? dim)
    {
        var x = call.Tensor("self");
        x = dim is null ? call.Reshape(x, [SymMath.Product(x.Shape)]) : x;
        var axis = call.Dim(dim ?? 0, x.Rank);
        var sorted = Top(call, x, x.Shape[axis], axis, largest: false);
        var middle = At(call, sorted, axis, SymMath.FloorDiv(SymMath.Add(x.Shape[axis], -1L), 2L), dim is not null && call.Bool("keepdim"));
        if (!TorchTypes.IsFloating(x.Type))
        {
            return middle;
        }

        var last = At(call, sorted, axis, SymMath.Add(x.Shape[axis], -1L), dim is not null && call.Bool("keepdim"));
        return OperatorCall.Tuple(call.Call("where", call.Call("isnan", last.Items[0]), last.Items[0], middle.Items[0]), middle.Items[1]);
    }

    public static Tensor NanMedian(OperatorCall call)
    {
        var x = call.Call("masked_select", call.Tensor("self"), call.Call("logical_not", call.Call("isnan", call.Tensor("self"))));
        return (Tensor)At(call, Top(call, x, x.Shape[0], 0, largest: false), 0, SymMath.FloorDiv(SymMath.Add(x.Shape[0], -1L), 2L), false).Items[0]!;
    }

    public static Tensor Quantile(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.FindInt("dim");
        x = dim is null ? call.Reshape(x, [SymMath.Product(x.Shape)]) : x;
        var axis = call.Dim(dim ?? 0, x.Rank);
        var q = call.Get("q") is Tensor given ? given : call.Number(call.Double("q"), x.Type);
        var sorted = (Tensor)Top(call, x, x.Shape[axis], axis, largest: false).Items[0]!;

        // Quantiles come first in the result.
        var moved = call.Permute(sorted, [axis, .. Enumerable.Range(0, x.Rank).Where(i => i != axis)]);
        var flat = q.Rank == 0 ? call.Unsqueeze(q, 0) : q;
        var place = call.Call("mul", flat, call.Number(SymMath.Add(x.Shape[axis], -1L), x.Type));
        var low = call.Call("floor", place);
        var below = call.Call("index_select", moved, 0L, call.To(low, TorchType.Int64));
        var above = call.Call("index_select", moved, 0L, call.To(call.Call("ceil", place), TorchType.Int64));
        var weight = call.Reshape(call.Call("sub", place, low), [flat.Shape[0], .. Enumerable.Repeat((object)1L, x.Rank - 1)]);
        var made = call.Text("interpolation") switch
        {
            "linear" => call.Call("lerp", below, above, weight),
            "lower" => below,
            "higher" => above,
            "midpoint" => call.Call("mul", call.Call("add", below, above), 0.5),
            _ => throw call.Refused("the interpolation is not known"),
        };
        made = call.Bool("keepdim") && dim is not null ? call.Unsqueeze(made, axis + 1) : made;
        return q.Rank == 0 ? call.Squeeze(made, 0) : made;
    }

    private static PythonTuple At(OperatorCall call, PythonTuple sorted, int axis, object place, bool keeps)
    {
        return OperatorCall.Tuple([.. sorted.Items.Select(item => Pick((Tensor)item!))]);

        Tensor Pick(Tensor tensor) => keeps ? call.Slice(tensor, axis, place, SymMath.Add(place, 1L)) : call.Call("select", tensor, (long)axis, place);
    }
}
