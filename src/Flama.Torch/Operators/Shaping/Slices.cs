using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Shaping;

/// <summary>Parts of tensors: views, through which a program can write.</summary>
internal static class Slices
{
    public static Tensor Select(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        var index = call.Size("index");
        var length = x.Shape[dim];
        if (index is long known && length is long count && (known < -count || known >= count))
        {
            throw TorchErrors.Input($"There is no item {known} of {count} (aten::select {call.Caller.Place}).");
        }

        // Gather counts negative numbers from the end, too.
        return call.View(
            x,
            whole => call.Of(call.Node("Gather", [call.Name(whole), call.Graph.Number(index, TorchType.Int64)], OnnxAttribute.Of("axis", (long)dim)), whole.Type, [.. whole.Shape[..dim], .. whole.Shape[(dim + 1)..]]),
            (whole, part) =>
            {
                var start = index is long place ? (place < 0 ? SymMath.Add(length, place) : place) : index;
                return Put(call, whole, call.Unsqueeze(Fit(call, part, [.. whole.Shape[..dim], .. whole.Shape[(dim + 1)..]]), dim), dim, start, SymMath.Add(start, 1L), 1);
            });
    }

    public static Tensor Slice(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        var length = x.Shape[dim];
        var start = Bound(call, call.FindSize("start") ?? 0L, length);
        var end = Bound(call, call.FindSize("end") ?? long.MaxValue, length);
        end = call.Decide("lt", end, start) == true ? start : end;
        return Part(call, x, dim, start, end, call.Int("step"));
    }

    public static Tensor Narrow(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        var start = Bound(call, call.Size("start"), x.Shape[dim]);
        return Part(call, x, dim, start, SymMath.Add(start, call.Size("length")), 1);
    }

    public static PythonList Split(OperatorCall call, string argument)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        return Pieces(call, x, dim, call.Size(argument) is var size && SymMath.Same(size, x.Shape[dim]) ? null : call.Int(argument));
    }

    public static PythonList SplitSizes(OperatorCall call, string argument)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        object start = 0L;
        List<object?> parts = [];
        foreach (var size in call.Sizes(argument))
        {
            var end = SymMath.Add(start, size);
            parts.Add(Part(call, x, dim, start, end, 1));
            start = end;
        }

        return call.List(parts);
    }

    public static PythonList Chunk(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        var chunks = call.Int("chunks");
        var length = call.Caller.Whole(x.Shape[dim], "a length that is cut into chunks");
        return Pieces(call, x, dim, Math.Max(1, (length + chunks - 1) / chunks));
    }

    public static PythonList TensorSplit(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        var sections = call.Int("sections");
        call.Room(sections);
        var length = call.Caller.Whole(x.Shape[dim], "a length that is split");
        List<object?> parts = [];
        var start = 0L;
        for (var i = 0L; i < sections; i++)
        {
            var end = start + (length / sections) + (i < length % sections ? 1 : 0);
            parts.Add(Part(call, x, dim, start, end, 1));
            start = end;
        }

        return call.List(parts);
    }

    public static PythonList TensorSplitAt(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        object start = 0L;
        List<object?> parts = [];
        foreach (var place in call.Sizes("indices").Append(x.Shape[dim]))
        {
            var end = Bound(call, place, x.Shape[dim]);
            parts.Add(Part(call, x, dim, start, end, 1));
            start = end;
        }

        return call.List(parts);
    }

    public static PythonList Unbind(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        var count = call.Caller.Whole(x.Shape[dim], "a length that is taken apart");
        return call.List(Enumerable.Range(0, checked((int)Math.Min(count, 100_000))).Select(i => (object?)call.Call("select", x, (long)dim, (long)i)));
    }

    /// <summary>Puts a part of a dimension back into the whole.</summary>
    public static Tensor Put(OperatorCall call, Tensor whole, Tensor part, int dim, object start, object end, long step)
    {
        part = call.To(part, whole.Type);
        if (step == 1)
        {
            List<Tensor> pieces = [];
            if (start is not 0L)
            {
                pieces.Add(call.Slice(whole, dim, 0L, start));
            }

            pieces.Add(part);
            if (!SymMath.Same(end, whole.Shape[dim]))
            {
                pieces.Add(call.Slice(whole, dim, end, whole.Shape[dim]));
            }

            var joined = call.Concat(pieces, dim);
            return call.Of(call.Name(joined), whole.Type, whole.Shape);
        }

        var places = call.Call("arange", start, end, step);
        return call.Call("index_copy", whole, (long)dim, places, part);
    }

    /// <summary>The tensor repeated to a shape, so that it can take the place of another one.</summary>
    public static Tensor Fit(OperatorCall call, Tensor part, object[] shape) => call.Expand(part, shape);

    private static Tensor Part(OperatorCall call, Tensor x, int dim, object start, object end, long step)
    {
        if (step < 1)
        {
            throw call.Refused("a step below 1");
        }

        return call.View(x, whole => call.Slice(whole, dim, start, end, step), (whole, part) => Put(call, whole, part, dim, start, end, step));
    }

    private static PythonList Pieces(OperatorCall call, Tensor x, int dim, long? size)
    {
        if (size is not { } known)
        {
            return call.List([x]);
        }

        var length = call.Caller.Whole(x.Shape[dim], "a length that is split");
        List<object?> parts = [];
        for (var start = 0L; start < length || (start == 0 && length == 0); start += Math.Max(1, known))
        {
            parts.Add(Part(call, x, dim, start, Math.Min(start + known, length), 1));
        }

        return call.List(parts);
    }

    private static object Bound(OperatorCall call, object bound, object length)
    {
        if (bound is long.MaxValue)
        {
            return length;
        }

        if (call.Decide("lt", bound, 0L) == true)
        {
            bound = SymMath.Add(length, bound);
            return call.Decide("lt", bound, 0L) == true ? 0L : bound;
        }

        return bound is 0L ? bound : call.Decide("gt", bound, length) switch
        {
            true => length,
            false => bound,
            null => SymMath.Apply("min", bound, length),
        };
    }
}
