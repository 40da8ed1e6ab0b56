using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Pooling;

/// <summary>Pools that take the largest.</summary>
internal static class MaxPools
{
    public static Tensor Largest(OperatorCall call, int rank) => Pool(call, rank, 1).Values;

    /// <summary>With the places, which torch counts within a plane.</summary>
    public static PythonTuple WithIndices(OperatorCall call, int rank)
    {
        var (values, places) = Pool(call, rank, 2);
        return OperatorCall.Tuple(values, places);
    }

    /// <summary>Puts values back where a pool took them from; 0 elsewhere.</summary>
    public static Tensor Unpool(OperatorCall call)
    {
        var (x, indices) = (call.Tensor("self"), call.Tensor("indices"));
        var size = call.Sizes("output_size", 2);
        object[] planes = x.Shape[..^2];
        var cells = SymMath.Mul(x.Shape[^2], x.Shape[^1]);
        var empty = call.Expand(call.Number(0.0, x.Type), [.. planes, SymMath.Mul(size[^2], size[^1])]);
        var filled = call.Call("scatter", empty, -1L, call.Reshape(indices, [.. planes, cells]), call.Reshape(x, [.. planes, cells]));
        return call.Reshape(filled, [.. planes, size[^2], size[^1]]);
    }

    private static (Tensor Values, Tensor? Places) Pool(OperatorCall call, int rank, int outputs)
    {
        var x = call.Tensor("self");
        var window = PoolWindow.Of(call, rank, call.Ints("dilation", rank));
        var batched = x.Rank == rank + 2 ? x : call.Unsqueeze(x, 0);
        var shape = window.ShapeOf(call, batched.Shape);
        var type = x.Type is TorchType.Int64 or TorchType.Int32 or TorchType.Int16 ? TorchType.Double : x.Type;
        var made = call.Graph.Nodes("MaxPool", outputs, [call.As(batched, type)], [.. window.Attributes, OnnxAttribute.Of("dilations", window.Dilation), OnnxAttribute.Of("pads", window.PadsFor(call, batched.Shape))]);
        var values = call.Made(made[0], type, x.Type, shape);
        Tensor? places = null;
        if (outputs == 2)
        {
            // ONNX counts from the beginning of the whole tensor.
            var plane = SymMath.Product(batched.Shape[2..]);
            places = call.Call("remainder", call.Of(made[1], TorchType.Int64, shape), call.Number(plane, TorchType.Int64));
        }

        return ReferenceEquals(batched, x) ? (values, places) : (call.Squeeze(values, 0), places is null ? null : call.Squeeze(places, 0));
    }
}
