using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Embedding;

/// <summary>Rows of tables by number.</summary>
internal static class Embeddings
{
    public static Tensor Rows(OperatorCall call, Tensor weight, Tensor indices)
    {
        if (!TorchTypes.IsInteger(indices.Type))
        {
            throw TorchErrors.Input($"Whole numbers are expected, not {indices.Type} (aten::{call.Operator} {call.Caller.Place}).");
        }

        return call.Of(call.Node("Gather", [call.Name(weight), call.As(indices, TorchType.Int64)], OnnxAttribute.Of("axis", 0L)), weight.Type, [.. indices.Shape, .. weight.Shape[1..]]);
    }

    /// <summary>Sums (0), means (1) or largest (2) of bags of rows. A bag begins at its offset; an empty one is 0.</summary>
    public static PythonTuple Bags(OperatorCall call)
    {
        var (weight, indices, offsets) = (call.Tensor("weight"), call.Tensor("indices"), call.Tensor("offsets"));
        var mode = call.Int("mode");
        var rows = Rows(call, weight, indices);
        rows = call.FindTensor("per_sample_weights") is { } scale ? call.Call("mul", rows, call.Unsqueeze(scale, 1)) : rows;

        // Which bag (b) each row (r) is in: a matrix of truth values, offset_b ≤ r < offset_{b+1}.
        var places = call.Call("arange", indices.Shape[0]);
        var starts = call.To(offsets, TorchType.Int64);
        var total = call.Unsqueeze(call.Number(indices.Shape[0], TorchType.Int64), 0);
        var count = offsets.Shape[0];
        Tensor ends;
        if (call.Bool("include_last_offset"))
        {
            count = SymMath.Add(count, -1L);
            ends = call.Slice(starts, 0, 1L, offsets.Shape[0]);
            starts = call.Slice(starts, 0, 0L, count);
        }
        else
        {
            ends = call.Concat([call.Slice(starts, 0, 1L, offsets.Shape[0]), total], 0);
        }

        var isIn = call.Call("logical_and", call.Call("ge", call.Unsqueeze(places, 0), call.Unsqueeze(starts, 1)), call.Call("lt", call.Unsqueeze(places, 0), call.Unsqueeze(ends, 1)));
        if (call.FindInt("padding_idx") is { } padding && padding != -1)
        {
            isIn = call.Call("logical_and", isIn, call.Unsqueeze(call.Call("ne", indices, padding), 0));
        }

        var members = call.To(isIn, rows.Type);
        Tensor made;
        if (mode == 2)
        {
            var candidates = call.Call("where", call.Unsqueeze(isIn, 2), call.Unsqueeze(rows, 0), call.Number(double.NegativeInfinity, rows.Type));
            var largest = call.Call("amax", candidates, call.List([1L]));
            made = call.Call("where", call.Call("any", isIn, 1L, true), largest, call.Number(0.0, rows.Type));
        }
        else
        {
            made = call.Call("matmul", members, rows);
            made = mode == 1 ? call.Call("div", made, call.Call("clamp_min", call.Call("sum", members, call.List([1L]), true), 1.0)) : made;
        }

        return OperatorCall.Tuple(made, null, null, null);
    }

    public static Tensor OneHot(OperatorCall call)
    {
        var x = call.Tensor("self");
        var classes = call.Int("num_classes");
        if (classes < 0)
        {
            throw call.Refused("the number of classes is not told");
        }

        return call.To(call.Call("eq", call.Unsqueeze(x, x.Rank), call.Call("arange", classes)), TorchType.Int64);
    }
}
