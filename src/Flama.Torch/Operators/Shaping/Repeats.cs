using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Shaping;

/// <summary>Elements repeated and moved about.</summary>
internal static class Repeats
{
    public static Tensor Repeat(OperatorCall call, Tensor x, object[] repeats)
    {
        object[] counts = [.. Enumerable.Repeat((object)1L, Math.Max(0, x.Rank - repeats.Length)), .. repeats];
        x = counts.Length > x.Rank ? call.Reshape(x, [.. Enumerable.Repeat((object)1L, counts.Length - x.Rank), .. x.Shape]) : x;
        var isWide = x.Type is TorchType.Bool;
        var made = call.Of(call.Node("Tile", [call.As(x, isWide ? TorchType.Int32 : x.Type), call.Graph.Lengths(counts)]), isWide ? TorchType.Int32 : x.Type, [.. x.Shape.Zip(counts, SymMath.Mul)]);
        return call.To(made, x.Type);
    }

    public static Tensor Interleave(OperatorCall call)
    {
        var x = call.Tensor("self");
        var repeats = call.Size("repeats");
        if (call.FindInt("dim") is not { } given)
        {
            x = call.Reshape(x, [SymMath.Product(x.Shape)]);
            given = 0;
        }

        var dim = call.Dim(given, x.Rank);
        var wide = call.Unsqueeze(x, dim + 1);
        var shape = wide.Shape.ToArray();
        shape[dim + 1] = repeats;
        return call.Reshape(call.Expand(wide, shape), [.. x.Shape[..dim], SymMath.Mul(x.Shape[dim], repeats), .. x.Shape[(dim + 1)..]]);
    }

    public static Tensor Flip(OperatorCall call)
    {
        var x = call.Tensor("self");
        long[] axes = [.. call.Ints("dims").Select(dim => (long)call.Dim(dim, x.Rank))];
        if (axes.Length == 0)
        {
            return x;
        }

        var ones = Enumerable.Repeat(-1L, axes.Length).ToArray();
        return call.Of(call.Node("Slice", [call.Name(x), call.Graph.Vector(ones), call.Graph.Vector([.. Enumerable.Repeat(long.MinValue + 1, axes.Length)]), call.Graph.Vector(axes), call.Graph.Vector(ones)]), x.Type, x.Shape);
    }

    public static Tensor Roll(OperatorCall call)
    {
        var x = call.Tensor("self");
        var (shifts, dims) = (call.Ints("shifts"), call.Ints("dims"));
        if (shifts.Length != Math.Max(1, dims.Length))
        {
            throw call.Refused($"{shifts.Length} shifts of {dims.Length} dimensions");
        }

        if (dims.Length == 0)
        {
            var flat = call.Reshape(x, [SymMath.Product(x.Shape)]);
            return call.Reshape(Roll(call, flat, 0, shifts[0]), x.Shape);
        }

        for (var i = 0; i < dims.Length; i++)
        {
            x = Roll(call, x, call.Dim(dims[i], x.Rank), shifts[i]);
        }

        return x;
    }

    public static Tensor Rotate(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dims = call.Ints("dims", 2);
        var (first, second) = (dims[0], dims[1]);
        return (((call.Int("k") % 4) + 4) % 4) switch
        {
            1 => call.Call("transpose", call.Call("flip", x, call.List([second])), first, second),
            2 => call.Call("flip", x, call.List([first, second])),
            3 => call.Call("flip", call.Call("transpose", x, first, second), call.List([second])),
            _ => x,
        };
    }

    /// <summary>Windows of a dimension, in a new last one.</summary>
    public static Tensor Unfold(OperatorCall call)
    {
        var x = call.Tensor("self");
        var dim = call.Dim(call.Int("dimension"), x.Rank);
        var (size, step) = (call.Int("size"), call.Int("step"));
        var windows = SymMath.Add(SymMath.FloorDiv(SymMath.Add(x.Shape[dim], -size), step), 1L);
        var starts = call.Call("mul", call.Call("arange", windows), step);
        var places = call.Call("add", call.Unsqueeze(starts, 1), call.Call("arange", size));
        object[] shape = [.. x.Shape[..dim], windows, size, .. x.Shape[(dim + 1)..]];
        var made = call.Of(call.Node("Gather", [call.Name(x), call.Name(places)], OnnxAttribute.Of("axis", (long)dim)), x.Type, shape);
        return call.Call("movedim", made, dim + 1L, -1L);
    }

    public static Tensor PixelShuffle(OperatorCall call)
    {
        var x = call.Tensor("self");
        var factor = call.Int("upscale_factor");
        object[] outer = x.Shape[..^3];
        var (channels, height, width) = (SymMath.FloorDiv(x.Shape[^3], factor * factor), x.Shape[^2], x.Shape[^1]);
        var made = call.Reshape(x, [.. outer, channels, factor, factor, height, width]);
        var n = outer.Length;
        made = call.Permute(made, [.. Enumerable.Range(0, n), n, n + 3, n + 1, n + 4, n + 2]);
        return call.Reshape(made, [.. outer, channels, SymMath.Mul(height, factor), SymMath.Mul(width, factor)]);
    }

    public static Tensor PixelUnshuffle(OperatorCall call)
    {
        var x = call.Tensor("self");
        var factor = call.Int("downscale_factor");
        object[] outer = x.Shape[..^3];
        var (channels, height, width) = (x.Shape[^3], SymMath.FloorDiv(x.Shape[^2], factor), SymMath.FloorDiv(x.Shape[^1], factor));
        var made = call.Reshape(x, [.. outer, channels, height, factor, width, factor]);
        var n = outer.Length;
        made = call.Permute(made, [.. Enumerable.Range(0, n), n, n + 2, n + 4, n + 1, n + 3]);
        return call.Reshape(made, [.. outer, SymMath.Mul(channels, factor * factor), height, width]);
    }

    public static Tensor ChannelShuffle(OperatorCall call)
    {
        var x = call.Tensor("self");
        var groups = call.Int("groups");
        var made = call.Reshape(x, [x.Shape[0], groups, SymMath.FloorDiv(x.Shape[1], groups), .. x.Shape[2..]]);
        return call.Reshape(call.Permute(made, [0, 2, 1, .. Enumerable.Range(3, x.Rank - 2)]), x.Shape);
    }

    private static Tensor Roll(OperatorCall call, Tensor x, int dim, long shift)
    {
        var length = x.Shape[dim];
        var start = SymMath.Apply("mod", -shift, length);
        return call.Concat([call.Slice(x, dim, start, length), call.Slice(x, dim, 0L, start)], dim) is var made ? call.Of(call.Name(made), x.Type, x.Shape) : x;
    }
}
