using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Pooling;

/// <summary>Pools that take the mean.</summary>
internal static class AveragePools
{
    /// <summary>The sum of a window by the number of its cells: those of the input, those of the padding too, or a number that is given.</summary>
    public static Tensor Average(OperatorCall call, int rank)
    {
        var x = call.Tensor("self");
        var window = PoolWindow.Of(call, rank);
        var batched = x.Rank == rank + 2 ? x : call.Unsqueeze(x, 0);
        var shape = window.ShapeOf(call, batched.Shape);
        var includes = call.Bool("count_include_pad");
        var pads = window.PadsFor(call, batched.Shape);
        var type = OperatorCall.FloatFor("AveragePool", x.Type);
        var cells = window.Kernel.Aggregate(1L, static (product, length) => product * length);
        var isPlain = pads.Zip(window.Padding.Concat(window.Padding)).All(static pair => pair.First == pair.Second);
        Tensor made;
        if (call.FindInt("divisor_override") is { } divisor)
        {
            made = call.Call("mul", Mean(call.As(batched, type), pads, true), (double)cells / divisor);
        }
        else if (isPlain || !includes)
        {
            made = Mean(call.As(batched, type), pads, includes);
        }
        else
        {
            // Cells beyond the padding, which ceil mode reaches, do not count.
            var ones = call.Expand(call.Number(1.0, type), [1L, 1L, .. batched.Shape[2..]]);
            var widened = call.Call("constant_pad_nd", ones, call.List(Enumerable.Range(0, rank).SelectMany(i => new object?[] { window.Padding[rank - 1 - i], window.Padding[rank - 1 - i] })), 1.0);
            long[] rest = [.. new long[rank], .. Enumerable.Range(0, rank).Select(i => pads[rank + i] - window.Padding[i])];
            var counts = Of(call.Node("AveragePool", [call.Name(widened)], [.. window.Attributes, OnnxAttribute.Of("pads", rest), OnnxAttribute.Of("count_include_pad", 1L)]), [1L, 1L, .. shape[2..]]);
            made = call.Call("div", Mean(call.As(batched, type), pads, true), counts);
        }

        made = call.To(made, x.Type);
        return ReferenceEquals(batched, x) ? made : call.Squeeze(made, 0);

        Tensor Mean(string value, long[] around, bool counts) =>
            Of(call.Node("AveragePool", [value], [.. window.Attributes, OnnxAttribute.Of("pads", around), OnnxAttribute.Of("count_include_pad", counts ? 1L : 0L)]), shape);

        Tensor Of(string name, object[] lengths) => call.Of(name, type, lengths);
    }
}
