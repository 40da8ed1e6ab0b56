using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Sorting;

/// <summary>Places in sorted rows: how many elements come before.</summary>
internal static class Searches
{
    public static Tensor Find(OperatorCall call, Tensor row, Tensor values)
    {
        var isRight = call.Bool("right") || (call.Has("side") && call.Get("side") is "right");
        var wide = row.Rank > 1 ? call.Unsqueeze(row, row.Rank - 1) : row;
        var comparison = call.Call(isRight ? "le" : "lt", wide, call.Unsqueeze(values, values.Rank));
        var made = call.Call("sum", call.To(comparison, TorchType.Int64), call.List([-1L]));
        return call.Bool("out_int32") ? call.To(made, TorchType.Int32) : made;
    }
}
