using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Pooling;

/// <summary>Pools to a size that is given: bin i of n cells in m bins is [⌊i·n/m⌋, ⌈(i+1)·n/m⌉).</summary>
internal static class AdaptivePools
{
    public static Tensor Average(OperatorCall call, int rank) => Each(call, rank, static (call, part, axis) => call.Call("mean", part, call.List([(long)axis]), true));

    public static PythonTuple Largest(OperatorCall call, int rank)
    {
        var x = call.Tensor("self");
        var size = Sizes(call, rank, x);
        var values = Each(call, rank, static (call, part, axis) => call.Call("amax", part, call.List([(long)axis]), true));
        var cells = Enumerable.Range(0, rank).Select(i => call.Caller.Whole(x.Shape[x.Rank - rank + i], "a length that is pooled")).ToArray();
        if (!cells.Zip(size).All(static pair => pair.First % pair.Second == 0))
        {
            return OperatorCall.Tuple(values, null);
        }

        // Windows of equal size: a plain pool tells the places.
        long[] kernel = [.. cells.Zip(size, static (length, bins) => length / bins)];
        return OperatorCall.Tuple([.. call.CallMany(2, $"max_pool{rank}d_with_indices", x, call.List(kernel.Cast<object?>()))]);
    }

    private static long[] Sizes(OperatorCall call, int rank, Tensor x)
    {
        var given = call.ItemsOf(call.Get("output_size") is long single ? new object?[] { single } : call.Get("output_size"));
        return [.. Enumerable.Range(0, rank).Select(i => call.Caller.Whole((given.Count == 1 ? given[0] : i < given.Count ? given[i] : throw call.Refused($"'output_size' is not {rank} sizes")) ?? x.Shape[x.Rank - rank + i], "a size"))];
    }

    private static Tensor Each(OperatorCall call, int rank, Func<OperatorCall, Tensor, int, Tensor> reduce)
    {
        var x = call.Tensor("self");
        var size = Sizes(call, rank, x);
        var made = x;
        for (var i = 0; i < rank; i++)
        {
            var axis = x.Rank - rank + i;
            if (size[i] < 1)
            {
                throw call.Refused($"a size of {size[i]}");
            }

            if (size[i] == 1)
            {
                made = reduce(call, made, axis);
                continue;
            }

            var length = call.Caller.Whole(made.Shape[axis], "a length that is pooled to a size");
            if (length == size[i])
            {
                continue;
            }

            List<Tensor> bins = [];
            for (var bin = 0L; bin < size[i]; bin++)
            {
                bins.Add(reduce(call, call.Slice(made, axis, bin * length / size[i], (((bin + 1) * length) + size[i] - 1) / size[i]), axis));
            }

            made = call.Concat(bins, axis);
        }

        return made;
    }
}
