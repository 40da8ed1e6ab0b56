using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Linear;

/// <summary>The inverse of small matrices: from the adjugate's determinants, which ONNX has.</summary>
internal static class Inverse
{
    private const long Largest = 8;

    public static Tensor Invert(OperatorCall call, Tensor x)
    {
        if (x.Shape[^1] is not long size || size > Largest)
        {
            throw call.Refused($"matrices of more than {Largest} rows");
        }

        if (size == 1)
        {
            return call.Call("reciprocal", x);
        }

        List<object?> rows = [];
        for (var i = 0L; i < size; i++)
        {
            List<object?> cells = [];
            for (var j = 0L; j < size; j++)
            {
                // Cell (i, j) of the adjugate is the minor without row j and column i.
                var minor = Without(call, Without(call, x, x.Rank - 2, j, size), x.Rank - 1, i, size);
                var value = call.Call("det", minor);
                cells.Add((i + j) % 2 == 0 ? value : call.Call("neg", value));
            }

            rows.Add(call.Call("stack", call.List(cells), -1L));
        }

        var determinant = call.Call("det", x);
        return call.Call("div", call.Call("stack", call.List(rows), -2L), call.Call("unsqueeze", call.Call("unsqueeze", determinant, -1L), -1L));
    }

    private static Tensor Without(OperatorCall call, Tensor x, int axis, long place, long size)
    {
        List<Tensor> parts = [];
        if (place > 0)
        {
            parts.Add(call.Slice(x, axis, 0L, place));
        }

        if (place + 1 < size)
        {
            parts.Add(call.Slice(x, axis, place + 1, size));
        }

        return call.Concat(parts, axis);
    }
}
