using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Recurrent;

/// <summary>Packed sequences: kept padded, with their lengths beside them.</summary>
internal static class Packing
{
    public static PythonTuple Pack(OperatorCall call)
    {
        var (x, lengths) = (call.Tensor("input"), call.To(call.Tensor("lengths"), TorchType.Int64));
        var rows = call.Bool("batch_first") ? call.Permute(x, 1, 0, 2) : x;
        PackedRows packed = new(rows, lengths);

        // How many sequences go on at each step.
        var steps = call.Call("arange", Sym.Data(call.Name(call.Call("max", lengths)), typeof(long)));
        var counts = call.Call("sum", call.To(call.Call("lt", call.Unsqueeze(steps, 1), call.Unsqueeze(lengths, 0)), TorchType.Int64), call.List([1L]));
        Tensor sizes = new(counts.Value, call.Graph.Scope) { Packed = packed };
        return OperatorCall.Tuple(Flat(call, packed), sizes);
    }

    /// <summary>As long as the longest sequence, or as a length that is given.</summary>
    public static PythonTuple Pad(OperatorCall call)
    {
        if (call.Tensor("data").Packed is not { } packed)
        {
            throw call.Refused("packed data that was not packed by the program");
        }

        var rows = packed.Rows;
        if (call.Size("total_length") is not Sym { Hint: null } && call.Int("total_length") is > 0 and var total)
        {
            // As long as the whole, as mostly, or cut or padded to it.
            var all = Masked(call, rows, rows.Shape[0], packed.Lengths);
            var length = call.Caller.Whole(rows.Shape[0], "the number of steps");
            all = length >= total ? call.Slice(all, 0, 0L, total) : call.Call("constant_pad_nd", all, call.List([0L, 0L, 0L, 0L, 0L, total - length]), call.Double("padding_value"));
            return OperatorCall.Tuple(call.Bool("batch_first") ? call.Permute(all, 1, 0, 2) : all, packed.Lengths);
        }

        var longest = Sym.Data(call.Name(call.Call("max", packed.Lengths)), typeof(long));
        var made = Masked(call, call.Slice(rows, 0, 0L, longest), longest, packed.Lengths);
        return OperatorCall.Tuple(call.Bool("batch_first") ? call.Permute(made, 1, 0, 2) : made, packed.Lengths);
    }

    /// <summary>Packed data as the program sees it: rows of features.</summary>
    public static Tensor Flat(OperatorCall call, PackedRows packed)
    {
        var rows = packed.Rows;
        return new(call.Reshape(rows, [SymMath.Mul(rows.Shape[0], rows.Shape[1]), rows.Shape[2]]).Value, call.Graph.Scope) { Packed = packed };
    }

    private static Tensor Masked(OperatorCall call, Tensor rows, object length, Tensor lengths)
    {
        var isInside = call.Call("lt", call.Unsqueeze(call.Call("arange", length), 1), call.Unsqueeze(lengths, 0));
        return call.Call("where", call.Unsqueeze(isInside, 2), rows, call.Number(call.Double("padding_value"), rows.Type));
    }
}
