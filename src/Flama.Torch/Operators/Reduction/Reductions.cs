using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Reduction;

/// <summary>Sums, means and extremes.</summary>
internal static class Reductions
{
    /// <summary>Sums of whole numbers and truth values are int64.</summary>
    public static Tensor Sum(OperatorCall call, long[]? dims, bool keeps)
    {
        var x = call.Tensor("self");
        var type = call.Type("dtype") ?? (TorchTypes.IsFloating(x.Type) ? x.Type : TorchType.Int64);
        return Reduce(call, "ReduceSum", call.To(x, type), dims, keeps);
    }

    public static Tensor Mean(OperatorCall call, long[]? dims, bool keeps)
    {
        var x = call.Tensor("self");
        x = call.Type("dtype") is { } type ? call.To(x, type) : x;
        return TorchTypes.IsFloating(x.Type) ? Reduce(call, "ReduceMean", x, dims, keeps) : throw TorchErrors.Input($"aten::mean {call.Caller.Place} takes floating numbers, not {x.Type}.");
    }

    public static Tensor Product(OperatorCall call, long[]? dims, bool keeps)
    {
        var x = call.Tensor("self");
        var type = call.Type("dtype") ?? (TorchTypes.IsFloating(x.Type) ? x.Type : TorchType.Int64);
        x = call.To(x, type);
        return type == TorchType.Double ? call.To(Reduce(call, "ReduceProd", call.To(x, TorchType.Float), dims, keeps), type) : Reduce(call, "ReduceProd", x, dims, keeps);
    }

    /// <summary>An element that is not a number makes the result not a number.</summary>
    public static Tensor Extreme(OperatorCall call, string onnx, long[] dims, bool keeps)
    {
        var x = call.Tensor("self");
        var working = OperatorCall.Working(x.Type);
        var made = call.To(Reduce(call, onnx, call.To(x, working), dims.Length == 0 ? null : dims, keeps), x.Type);
        if (!TorchTypes.IsFloating(x.Type))
        {
            return made;
        }

        var hasNan = Reduce(call, "ReduceMax", call.To(call.Call("isnan", x), TorchType.Int32), dims.Length == 0 ? null : dims, keeps);
        return call.Call("where", call.Call("gt", hasNan, 0L), call.Number(double.NaN, x.Type), made);
    }

    public static PythonTuple WithPlace(OperatorCall call, string onnx)
    {
        var (dim, keeps) = (call.Int("dim"), call.Bool("keepdim"));
        return OperatorCall.Tuple(Extreme(call, onnx, [dim], keeps), Place(call, onnx == "ReduceMax" ? "ArgMax" : "ArgMin", dim, keeps));
    }

    /// <summary>The first that is not a number, else the first of the extreme ones.</summary>
    public static Tensor Place(OperatorCall call, string onnx, long? dim, bool keeps)
    {
        var x = call.Tensor("self");
        x = dim is null ? call.Reshape(x, [SymMath.Product(x.Shape)]) : x;
        if (x.Rank == 0)
        {
            return call.Number(0L, TorchType.Int64);
        }

        var axis = call.Dim(dim ?? 0, x.Rank);
        if (TorchTypes.IsFloating(x.Type))
        {
            // A number that is none wins.
            var extreme = onnx == "ArgMax" ? double.PositiveInfinity : double.NegativeInfinity;
            var hasNan = call.Call("any", call.Call("isnan", x), (long)axis, true);
            var marked = call.Call("where", call.Call("isnan", x), call.Number(extreme, x.Type), call.Call("where", hasNan, call.Number(0.0, x.Type), x));
            x = marked;
        }

        var type = x.Type is TorchType.Float ? x.Type : TorchType.Double;
        object[] shape = keeps ? [.. x.Shape[..axis], 1L, .. x.Shape[(axis + 1)..]] : [.. x.Shape[..axis], .. x.Shape[(axis + 1)..]];
        return call.Of(call.Node(onnx, [call.As(x, type)], OnnxAttribute.Of("axis", (long)axis), OnnxAttribute.Of("keepdims", keeps ? 1L : 0L)), TorchType.Int64, shape);
    }

    public static PythonTuple Extremes(OperatorCall call)
    {
        long[] dims = call.FindInt("dim") is { } dim ? [dim] : [];
        return OperatorCall.Tuple(Extreme(call, "ReduceMin", dims, call.Bool("keepdim")), Extreme(call, "ReduceMax", dims, call.Bool("keepdim")));
    }

    public static Tensor Logical(OperatorCall call, string onnx, long[]? dims, bool keeps) =>
        call.To(Reduce(call, onnx, call.To(call.To(call.Tensor("self"), TorchType.Bool), TorchType.Int32), dims, keeps), TorchType.Bool);

    public static Tensor LogSumExp(OperatorCall call)
    {
        var x = call.To(call.Tensor("self"), OperatorCall.Floating(call.Tensor("self").Type));
        return Reduce(call, "ReduceLogSumExp", x, call.FindInts("dim"), call.Bool("keepdim"));
    }

    public static Tensor NanSum(OperatorCall call)
    {
        var x = call.Tensor("self");
        return Reduce(call, "ReduceSum", call.Call("where", call.Call("isnan", x), call.Number(0.0, x.Type), x), call.FindInts("dim"), call.Bool("keepdim"));
    }

    public static Tensor NanMean(OperatorCall call)
    {
        var x = call.Tensor("self");
        var counts = Reduce(call, "ReduceSum", call.To(call.Call("logical_not", call.Call("isnan", x)), x.Type), call.FindInts("dim"), call.Bool("keepdim"));
        return call.Call("div", NanSum(call), counts);
    }

    /// <summary>A node that reduces dimensions; all of them where none are named.</summary>
    public static Tensor Reduce(OperatorCall call, string onnx, Tensor x, long[]? dims, bool keeps)
    {
        if (x.Rank == 0)
        {
            return x;
        }

        int[] axes = dims is null or [] ? [.. Enumerable.Range(0, x.Rank)] : [.. dims.Select(dim => call.Dim(dim, x.Rank)).Order()];
        object[] shape = [.. x.Shape.Select((length, i) => axes.Contains(i) ? 1L : length).Where((_, i) => keeps || !axes.Contains(i))];
        return call.Of(call.Node(onnx, [call.Name(x), call.Graph.Vector([.. axes.Select(axis => (long)axis)])], OnnxAttribute.Of("keepdims", keeps ? 1L : 0L)), x.Type, shape);
    }
}
