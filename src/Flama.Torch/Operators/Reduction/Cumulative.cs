using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Reduction;

/// <summary>What runs along a dimension. Products and extremes are taken over a triangle, element by all before it.</summary>
internal static class Cumulative
{
    public static Tensor Sum(OperatorCall call)
    {
        var x = call.Tensor("self");
        var type = call.Type("dtype") ?? (TorchTypes.IsFloating(x.Type) ? x.Type : TorchType.Int64);
        return Sum(call, call.To(x, type), call.Dim(call.Int("dim"), x.Rank));
    }

    public static Tensor Product(OperatorCall call)
    {
        var x = call.Tensor("self");
        x = call.To(x, call.Type("dtype") ?? (TorchTypes.IsFloating(x.Type) ? x.Type : TorchType.Int64));
        return call.Call("prod", Before(call, x, call.Dim(call.Int("dim"), x.Rank), 1L), -1L);
    }

    public static PythonTuple Extreme(OperatorCall call, string name)
    {
        var x = call.Tensor("self");
        var rest = name == "amax" ? double.NegativeInfinity : double.PositiveInfinity;
        var axis = call.Dim(call.Int("dim"), x.Rank);
        var all = Before(call, x, axis, TorchTypes.IsFloating(x.Type) ? rest : name == "amax" ? long.MinValue : long.MaxValue);
        var values = call.Call(name, all, call.List([-1L]));

        // Of equal ones torch names the last.
        var isEqual = call.To(call.Call("eq", all, call.Unsqueeze(values, values.Rank)), TorchType.Int64);
        var places = call.Call("amax", call.Call("mul", isEqual, call.Call("arange", x.Shape[axis])), call.List([-1L]));
        return OperatorCall.Tuple(values, places);
    }

    public static Tensor LogSumExp(OperatorCall call)
    {
        var x = call.Tensor("self");
        return call.Call("logsumexp", Before(call, x, call.Dim(call.Int("dim"), x.Rank), double.NegativeInfinity), call.List([-1L]));
    }

    public static Tensor Diff(OperatorCall call)
    {
        var x = call.Tensor("self");
        var axis = call.Dim(call.Int("dim"), x.Rank);
        List<Tensor> parts = [x];
        if (call.FindTensor("prepend") is { } before)
        {
            parts.Insert(0, before);
        }

        if (call.FindTensor("append") is { } after)
        {
            parts.Add(after);
        }

        x = call.Concat(parts, axis);
        for (var i = 0L; i < call.Int("n"); i++)
        {
            x = call.Call("sub", call.Slice(x, axis, 1L, x.Shape[axis]), call.Slice(x, axis, 0L, SymMath.Add(x.Shape[axis], -1L)));
        }

        return x;
    }

    private static Tensor Sum(OperatorCall call, Tensor x, int axis) => x.Rank == 0 ? x
        : call.Of(call.Node("CumSum", [call.Name(x), call.Graph.Number((long)axis, TorchType.Int64)]), x.Type, x.Shape);

    // [..., n, ...] to [..., n, ..., n]: in the last dimension the elements up to each place, another value after it.
    private static Tensor Before(OperatorCall call, Tensor x, int axis, object rest)
    {
        var length = x.Shape[axis];
        int[] order = [.. Enumerable.Range(0, x.Rank).Where(i => i != axis), axis];
        var last = call.Unsqueeze(call.Permute(x, order), axis);
        var places = call.Call("arange", length);
        object[] column = [.. Enumerable.Repeat((object)1L, x.Rank + 1)];
        column[axis] = length;
        var isBefore = call.Call("le", places, call.Reshape(places, column));
        return call.Call("where", isBefore, last, call.Number(rest, x.Type));
    }
}
