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
        Tensor data = new(rows.Value, call.Graph.Scope) { Packed = new(rows, lengths) };
        Tensor sizes = new(lengths.Value, call.Graph.Scope) { Packed = new(rows, lengths) };
        return OperatorCall.Tuple(data, sizes);
    }

    /// <summary>As long as the longest sequence, or as a length that is given.</summary>
    public static PythonTuple Pad(OperatorCall call)
    {
        if (call.Tensor("data").Packed is not { } packed)
        {
            throw call.Refused("packed data that was not packed by the program");
        }

        var rows = packed.Rows;
        var longest = Sym.Data(call.Name(call.Call("max", packed.Lengths)), typeof(long));
        var made = call.Slice(rows, 0, 0L, longest);
        var isInside = call.Call("lt", call.Unsqueeze(call.Call("arange", longest), 1), call.Unsqueeze(packed.Lengths, 0));
        made = call.Call("where", call.Unsqueeze(isInside, 2), made, call.Number(call.Double("padding_value"), made.Type));
        if (call.Int("total_length") is > 0 and var total)
        {
            object[] rest = [SymMath.Apply("sub", total, longest), .. rows.Shape[1..]];
            made = call.Concat([made, call.Expand(call.Number(call.Double("padding_value"), made.Type), rest)], 0);
            made = call.Of(call.Name(made), made.Type, [total, .. rows.Shape[1..]]);
        }

        return OperatorCall.Tuple(call.Bool("batch_first") ? call.Permute(made, 1, 0, 2) : made, packed.Lengths);
    }
}
