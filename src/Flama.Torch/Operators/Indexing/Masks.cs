using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Indexing;

/// <summary>Elements by truth values: how many there are only a run tells.</summary>
internal static class Masks
{
    /// <summary>The places of what is not zero, a row each.</summary>
    public static Tensor NonZero(OperatorCall call, Tensor x)
    {
        var places = call.Node("NonZero", [call.As(x, TorchType.Bool)]);
        var count = call.Graph.LengthOf(places, 1);
        return call.Permute(call.Of(places, TorchType.Int64, [(long)x.Rank, count]), 1, 0);
    }

    public static Tensor Select(OperatorCall call)
    {
        var (x, mask) = (call.Tensor("self"), call.Tensor("mask"));
        var shape = call.Broadcast(x.Shape, mask.Shape);
        var chosen = call.Node("Compress", [call.Name(call.Reshape(call.Expand(x, shape), [SymMath.Product(shape)])), call.As(call.Reshape(call.Expand(mask, shape), [SymMath.Product(shape)]), TorchType.Bool)]);
        return call.Of(chosen, x.Type, [call.Graph.LengthOf(chosen, 0)]);
    }

    /// <summary>The n-th place that is true takes the n-th element of the source.</summary>
    public static Tensor Scatter(OperatorCall call)
    {
        var (x, mask, source) = (call.Tensor("self"), call.Tensor("mask"), call.Tensor("source"));
        var shape = call.Broadcast(x.Shape, mask.Shape);
        var flat = call.To(call.Reshape(call.Expand(mask, shape), [SymMath.Product(shape)]), TorchType.Int64);
        var order = call.Call("clamp_min", call.Call("sub", call.Call("cumsum", flat, 0L), 1L), 0L);
        var values = call.Call("take", source, order);
        return call.Call("where", mask, call.Reshape(values, shape), x);
    }

    public static Tensor BinCount(OperatorCall call)
    {
        var x = call.To(call.Tensor("self"), TorchType.Int64);
        var bins = Sym.Data(call.Name(call.Call("clamp_min", call.Call("add", call.Call("max", x), 1L), call.Int("minlength"))), typeof(long));
        var isIn = call.Call("eq", call.Unsqueeze(x, 0), call.Unsqueeze(call.Call("arange", bins), 1));
        return call.FindTensor("weights") is { } weights ? call.Call("matmul", call.To(isIn, weights.Type), weights) : call.Call("sum", call.To(isIn, TorchType.Int64), call.List([1L]));
    }
}
