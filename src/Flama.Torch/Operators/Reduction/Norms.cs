using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Reduction;

/// <summary>Norms and distances.</summary>
internal static class Norms
{
    public static Tensor Vector(OperatorCall call, Tensor x, double p, long[]? dims, bool keeps)
    {
        var list = dims is null or [] ? null : call.List(dims.Cast<object?>());
        var size = call.Call("abs", x);
        return p switch
        {
            double.PositiveInfinity => call.Call("amax", size, (object?)list ?? call.List([]), keeps),
            double.NegativeInfinity => call.Call("amin", size, (object?)list ?? call.List([]), keeps),
            0 => call.Call("sum", call.To(call.Call("ne", x, 0L), x.Type), list, keeps),
            1 => call.Call("sum", size, list, keeps),
            2 => call.Call("sqrt", call.Call("sum", call.Call("square", x), list, keeps)),
            _ => call.Call("pow", call.Call("sum", call.Call("pow", size, p), list, keeps), 1 / p),
        };
    }

    /// <summary>Of vectors, unless an order is named for a matrix.</summary>
    public static Tensor Linear(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dims = call.FindInts("dim");
        if (call.FindDouble("ord") is not { } order)
        {
            return Vector(call, x, 2, dims, call.Bool("keepdim"));
        }

        return (dims?.Length ?? x.Rank) == 2 ? OfMatrix(call, x, order, dims ?? [-2, -1], call.Bool("keepdim")) : Vector(call, x, order, dims, call.Bool("keepdim"));
    }

    public static Tensor Matrix(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dims = call.FindInts("dim") is { Length: 2 } given ? given : [-2, -1];
        return call.Get("ord") is string text
            ? text == "fro" ? Vector(call, x, 2, dims, call.Bool("keepdim")) : throw call.Refused($"the norm '{SafeText.OneLine(text, 20)}'")
            : OfMatrix(call, x, call.Double("ord"), dims, call.Bool("keepdim"));
    }

    /// <summary>Between all rows of two lists of rows.</summary>
    public static Tensor Distances(OperatorCall call)
    {
        var (a, b) = (call.Tensor("x1"), call.Tensor("x2"));
        return Vector(call, call.Call("sub", call.Unsqueeze(a, a.Rank - 1), call.Unsqueeze(b, b.Rank - 2)), call.Double("p"), [-1], false);
    }

    private static Tensor OfMatrix(OperatorCall call, Tensor x, double order, long[] dims, bool keeps)
    {
        if (dims.Length != 2)
        {
            throw call.Refused($"the norm of {dims.Length} dimensions");
        }

        if (double.IsInfinity(order) || Math.Abs(order) == 1)
        {
            // The largest sum of a row or a column.
            var (summed, taken) = double.IsInfinity(order) ? (dims[1], dims[0]) : (dims[0], dims[1]);
            var sums = call.Call("sum", call.Call("abs", x), call.List([summed]), true);
            var made = call.Call(order > 0 ? "amax" : "amin", sums, call.List([taken]), true);
            return keeps ? made : call.Squeeze(made, [.. dims.Select(dim => call.Dim(dim, x.Rank))]);
        }

        throw call.Refused($"a norm of order {order} of matrices");
    }
}
