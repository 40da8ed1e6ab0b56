using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Shaping;

/// <summary>The same elements under another shape: views, through which a program can write.</summary>
internal static class Views
{
    public static Tensor Reshape(OperatorCall call, Tensor x, object[] shape)
    {
        var open = Array.FindIndex(shape, static length => length is -1L);
        if (open >= 0)
        {
            shape = (object[])shape.Clone();
            shape[open] = Quotient(call, x.Shape, [.. shape.Where((_, i) => i != open)]);
        }

        var before = x.Shape;
        return call.View(x, whole => call.Reshape(whole, shape), (_, part) => call.Reshape(part, before));
    }

    public static Tensor Flatten(OperatorCall call)
    {
        var x = call.Tensor("self");
        var (first, last) = (call.Dim(call.Int("start_dim"), x.Rank), call.Dim(call.Int("end_dim"), x.Rank));
        return x.Rank == 0 ? Reshape(call, x, [1L]) : Reshape(call, x, [.. x.Shape[..first], SymMath.Product(x.Shape[first..(last + 1)]), .. x.Shape[(last + 1)..]]);
    }

    public static Tensor Unflatten(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dim"), x.Rank);
        var sizes = call.Sizes("sizes");
        var open = Array.FindIndex(sizes, static length => length is -1L);
        object[] lengths = [.. sizes.Select((length, i) => i == open ? SymMath.FloorDiv(x.Shape[dim], SymMath.Product(sizes.Where((_, j) => j != open))) : length)];
        return Reshape(call, x, [.. x.Shape[..dim], .. lengths, .. x.Shape[(dim + 1)..]]);
    }

    public static Tensor Squeeze(OperatorCall call, long[]? dims)
    {
        var x = call.Tensor("self");
        var asked = dims?.Select(dim => call.Dim(dim, x.Rank)).ToArray() ?? [.. Enumerable.Range(0, x.Rank)];
        int[] places = [.. asked.Where(axis => axis < x.Rank && call.Decide("eq", x.Shape[axis], 1L) == true)];
        return call.View(x, whole => call.Squeeze(whole, places), (_, part) => places.Length == 0 ? part : call.Unsqueeze(part, places));
    }

    public static Tensor Unsqueeze(OperatorCall call)
    {
        var x = call.Tensor("self");
        var place = call.Dim(call.Int("dim"), x.Rank + 1);
        return call.View(x, whole => call.Unsqueeze(whole, place), (_, part) => call.Squeeze(part, place));
    }

    public static Tensor Swap(OperatorCall call, long first, long second)
    {
        var x = call.Tensor("self");
        if (x.Rank == 0)
        {
            return x;
        }

        int[] order = [.. Enumerable.Range(0, x.Rank)];
        var (a, b) = (call.Dim(first, x.Rank), call.Dim(second, x.Rank));
        (order[a], order[b]) = (order[b], order[a]);
        return Permute(call, x, order);
    }

    public static Tensor Permute(OperatorCall call, Tensor x, int[] order)
    {
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        return call.View(x, whole => call.Permute(whole, order), (_, part) => call.Permute(part, inverse));
    }

    public static Tensor MoveDim(OperatorCall call)
    {
        var x = call.Tensor("self");
        int[] from = [.. call.Ints("source").Select(dim => call.Dim(dim, x.Rank))];
        int[] to = [.. call.Ints("destination").Select(dim => call.Dim(dim, x.Rank))];
        var order = new int[x.Rank];
        var rest = new Queue<int>(Enumerable.Range(0, x.Rank).Except(from));
        for (var i = 0; i < order.Length; i++)
        {
            var moved = Array.IndexOf(to, i);
            order[i] = moved >= 0 ? from[moved] : rest.Dequeue();
        }

        return Permute(call, x, order);
    }

    public static Tensor Expand(OperatorCall call)
    {
        var (x, size) = (call.Tensor("self"), call.Sizes("size"));
        var shape = (object[])size.Clone();
        for (var i = 0; i < size.Length; i++)
        {
            var at = i - (size.Length - x.Rank);
            shape[i] = size[i] is -1L && at >= 0 ? x.Shape[at] : size[i];
        }

        return call.View(x, whole => call.Expand(whole, shape), null);
    }

    private static object Quotient(OperatorCall call, object[] shape, object[] rest)
    {
        // Equal lengths cancel, so that what is left stays simple.
        List<object> above = [.. shape];
        List<object> below = [];
        foreach (var length in rest)
        {
            var at = length is Sym ? above.FindIndex(other => SymMath.Same(other, length)) : -1;
            if (at >= 0)
            {
                above.RemoveAt(at);
            }
            else
            {
                below.Add(length);
            }
        }

        var divisor = SymMath.Product(below);
        return divisor is 0L ? throw call.Refused("a shape with a length of 0 leaves another one open") : SymMath.FloorDiv(SymMath.Product(above), divisor);
    }
}
