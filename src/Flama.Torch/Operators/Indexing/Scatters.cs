using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Indexing;

/// <summary>Elements written by their places along a dimension.</summary>
internal static class Scatters
{
    public static Tensor Scatter(OperatorCall call, string reduction)
    {
        var (x, index) = (call.Tensor("self"), call.Tensor("index"));
        var source = HasSource(call) ? call.Tensor("src") : call.Expand(call.To(call.Tensor("value"), x.Type), index.Shape);

        // Only the part of the source that there are places for counts.
        for (var axis = 0; axis < source.Rank && axis < index.Rank; axis++)
        {
            source = SymMath.Same(source.Shape[axis], index.Shape[axis]) ? source : call.Slice(source, axis, 0L, index.Shape[axis]);
        }

        return Elements(call, x, call.Dim(call.Int("dim"), x.Rank), index, source, reduction);
    }

    public static Tensor Reduce(OperatorCall call)
    {
        var (x, index, source) = (call.Tensor("self"), call.Tensor("index"), call.Tensor("src"));
        var axis = call.Dim(call.Int("dim"), x.Rank);
        var (reduction, neutral) = call.Text("reduce") switch
        {
            "sum" or "mean" => ("add", 0.0),
            "prod" => ("mul", 1.0),
            "amax" => ("max", double.NegativeInfinity),
            "amin" => ("min", double.PositiveInfinity),
            _ => throw call.Refused("the reduction is not known"),
        };
        if (!call.Bool("include_self"))
        {
            x = Elements(call, x, axis, index, call.Expand(call.Number(neutral, x.Type), index.Shape), "none");
        }

        var made = Elements(call, x, axis, index, source, reduction);
        if (call.Text("reduce") != "mean")
        {
            return made;
        }

        var counts = call.Expand(call.Number(call.Bool("include_self") ? 1.0 : 0.0, x.Type), x.Shape);
        counts = Elements(call, counts, axis, index, call.Expand(call.Number(1.0, x.Type), index.Shape), "add");
        return call.Call("div", made, call.Call("clamp_min", counts, 1.0));
    }

    /// <summary>Whole slices by a vector of places.</summary>
    public static Tensor ByIndex(OperatorCall call, Tensor source, string reduction)
    {
        var (x, index) = (call.Tensor("self"), call.Tensor("index"));
        var axis = call.Dim(call.Int("dim"), x.Rank);
        object[] column = [.. Enumerable.Repeat((object)1L, x.Rank)];
        column[axis] = index.Rank == 0 ? 1L : index.Shape[0];
        source = source.Rank < x.Rank ? call.Reshape(source, [.. Enumerable.Repeat((object)1L, x.Rank - source.Rank), .. source.Shape]) : source;
        object[] shape = [.. x.Shape[..axis], column[axis], .. x.Shape[(axis + 1)..]];
        return Elements(call, x, axis, call.Expand(call.Reshape(index, column), shape), call.Expand(call.To(source, x.Type), shape), reduction);
    }

    public static Tensor Fill(OperatorCall call) => ByIndex(call, call.To(call.Tensor("value"), call.Tensor("self").Type), "none");

    private static Tensor Elements(OperatorCall call, Tensor x, int axis, Tensor index, Tensor source, string reduction)
    {
        var working = reduction == "none" ? x.Type : OperatorCall.Working(x.Type);
        var node = call.Node("ScatterElements", [call.As(x, working), call.As(index, TorchType.Int64), call.As(call.To(source, x.Type), working)], OnnxAttribute.Of("axis", (long)axis), OnnxAttribute.Of("reduction", reduction));
        return call.Made(node, working, x.Type, x.Shape);
    }

    private static bool HasSource(OperatorCall call) => call.Has("src");
}
