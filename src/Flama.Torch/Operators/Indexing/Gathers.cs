using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Indexing;

/// <summary>Elements read by their places along a dimension.</summary>
internal static class Gathers
{
    public static Tensor IndexSelect(OperatorCall call)
    {
        var (x, index) = (call.Tensor("self"), call.Tensor("index"));
        var axis = call.Dim(call.Int("dim"), x.Rank);
        index = index.Rank == 0 ? call.Unsqueeze(index, 0) : index;
        return call.Of(call.Node("Gather", [call.Name(x), call.As(index, TorchType.Int64)], OnnxAttribute.Of("axis", (long)axis)), x.Type, [.. x.Shape[..axis], index.Shape[0], .. x.Shape[(axis + 1)..]]);
    }

    public static Tensor Gather(OperatorCall call) => Along(call, call.Tensor("self"), call.Tensor("index"), call.Int("dim"));

    public static Tensor Take(OperatorCall call)
    {
        var (x, index) = (call.Tensor("self"), call.Tensor("index"));
        return call.Of(call.Node("Gather", [call.Name(call.Reshape(x, [SymMath.Product(x.Shape)])), call.As(index, TorchType.Int64)]), x.Type, index.Shape);
    }

    public static Tensor TakeAlong(OperatorCall call)
    {
        var (x, index) = (call.Tensor("self"), call.Tensor("indices"));
        if (call.FindInt("dim") is not { } dim)
        {
            return Take(call.Caller, x, index, call);
        }

        var axis = call.Dim(dim, x.Rank);
        object[] WithoutAxis(Tensor tensor) => [.. tensor.Shape[..axis], 1L, .. tensor.Shape[(axis + 1)..]];
        var outer = call.Broadcast(WithoutAxis(x), WithoutAxis(index));
        object[] Around(object length) => [.. outer[..axis], length, .. outer[(axis + 1)..]];
        return Along(call, call.Expand(x, Around(x.Shape[axis])), call.Expand(index, Around(index.Shape[axis])), dim);
    }

    private static Tensor Take(OperatorCaller caller, Tensor x, Tensor index, OperatorCall call) =>
        (Tensor)caller.Call("take", [x, call.Reshape(index, [SymMath.Product(index.Shape)])], [])!;

    private static Tensor Along(OperatorCall call, Tensor x, Tensor index, long dim) => x.Rank == 0 ? call.Reshape(x, index.Shape)
        : call.Of(call.Node("GatherElements", [call.Name(x), call.As(index, TorchType.Int64)], OnnxAttribute.Of("axis", (long)call.Dim(dim, x.Rank))), x.Type, index.Shape);
}
