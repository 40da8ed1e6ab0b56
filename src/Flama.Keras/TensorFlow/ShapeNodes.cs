using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>Operations of shapes and parts; what is known of shapes before a request is followed through them.</summary>
internal static class ShapeNodes
{
    public static IReadOnlyDictionary<string, Func<GraphCall, object?[]>> All { get; } = new Dictionary<string, Func<GraphCall, object?[]>>(StringComparer.Ordinal)
    {
        ["Shape"] = call => [call.Lowering.Tell(call.G.Cast(call.G.ShapeOf(call[0]), call.Node.Type("out_type") ?? OnnxElementType.Int32), [.. call[0].Shape.Select(length => length < 0 ? (long?)null : length)])],
        ["Size"] = call => [call.G.Cast(call.G.Add("Size", OnnxElementType.Int64, [], [call[0]]), call.Node.Type("out_type") ?? OnnxElementType.Int32)],
        ["Rank"] = call => [call.Lowering.Tell(call.G.Scalar(call[0].Rank, OnnxElementType.Int32), [call[0].Rank])],
        ["Cast"] = call => [call.Lowering.Tell(call.G.Cast(call[0], call.Node.Type("DstT") ?? throw KerasErrors.Invalid("a cast to no type")), call.Numbers(0))],
        ["Reshape"] = call => [Reshape(call)],
        ["Squeeze"] = call => call.Node.Integers("squeeze_dims") is var axes
            ? [call.Lowering.Tell(call.G.Squeeze(call[0], axes.Length > 0 ? axes : [.. Enumerable.Range(0, call[0].Rank).Where(i => call[0].Shape[i] == 1).Select(i => (long)i)]), call.Numbers(0))] : [],
        ["ExpandDims"] = call => [call.Lowering.Tell(call.G.Unsqueeze(call[0], call.Known(1)), call[0].Rank == 0 ? call.Numbers(0) : null)],
        ["Transpose"] = call => [call.G.Transpose(call[0], [.. call.Known(1).Select(call[0].Axis)])],
        ["ConcatV2"] = call => Concat(call),
        ["Pack"] = call => [Pack(call)],
        ["Unpack"] = call => [.. Enumerable.Range(0, (int)Math.Clamp(call.Node.Integer("num"), 0, 10_000)).Select(i => call.Lowering.Tell(call.G.Pick(call[0], call.Node.Integer("axis"), i), call[0].Rank == 1 && call.Numbers(0) is { } known ? [known[i]] : null))],
        ["StridedSlice"] = call => [StridedSlice(call)],
        ["Slice"] = call => [Slice(call)],
        ["Split"] = call => Split(call, call.Known(0)[0], call[1], null, call.Node.Integer("num_split", 1)),
        ["SplitV"] = call => Split(call, call.Known(2)[0], call[0], call.Known(1), 0),
        ["GatherV2"] = call => [call.Node.Integer("batch_dims") == 0
            ? call.Lowering.Tell(call.G.Gather(call[0], call[1], call.Known(2)[0]), Picked(call))
            : throw KerasErrors.Unsupported(call.Node.Name, "gathers with batch dimensions")],
        ["GatherNd"] = call => [call.G.Add("GatherND", call[0].Type, [.. call[1].Shape[..^1], .. call[0].Shape[(int)Math.Max(0, call[1].Last)..]], [call[0], call.G.Cast(call[1], OnnxElementType.Int64)])],
        ["Tile"] = call => [call.G.Add("Tile", call[0].Type, [.. call[0].Shape.Select((length, i) => call.Numbers(1)?[i] is { } times && length >= 0 ? length * times : -1)], [call[0], call.G.Cast(call[1], OnnxElementType.Int64)])],
        ["Fill"] = call => [call.G.Expand(call[1], call.G.Cast(call[0], OnnxElementType.Int64), ShapeOf(call, 0))],
        ["BroadcastTo"] = call => [call.G.Expand(call[0], call.G.Cast(call[1], OnnxElementType.Int64), ShapeOf(call, 1))],
        ["Range"] = call => [Range(call)],
        ["Roll"] = call => [Roll(call)],
        ["ReverseV2"] = call => [call.Known(1).Aggregate(call[0], call.G.Reverse)],
        ["Pad"] = call => [Pad(call, null)],
        ["PadV2"] = call => [Pad(call, call[2])],
    };

    /// <summary>A shape that a value tells, -1 where a length is not known.</summary>
    public static long[] ShapeOf(GraphCall call, int index) => call.Numbers(index) is { } known
        ? [.. known.Select(length => length ?? -1)]
        : call[index].Shape is [>= 0 and <= 32 and var rank] ? [.. Enumerable.Repeat(-1L, (int)rank)] : throw KerasErrors.Unsupported(call.Node.Name, "has a shape of a rank that is not known");

    private static Value Reshape(GraphCall call)
    {
        var x = call[0];
        var shape = ShapeOf(call, 1);
        var open = Array.FindAll(shape, length => length < 0).Length;
        if (open == 1 && !x.Shape.Contains(-1))
        {
            var rest = shape.Where(length => length >= 0).Aggregate(1L, (a, b) => a * b);
            var all = x.Shape.Aggregate(1L, (a, b) => a * b);
            shape = rest > 0 && all % rest == 0 ? [.. shape.Select(length => length < 0 ? all / rest : length)] : shape;
        }

        return call.Lowering.Tell(call.G.ReshapeTo(x, call.G.Cast(call[1], OnnxElementType.Int64), shape), shape.Length <= 1 ? call.Numbers(0) : null);
    }

    private static object?[] Concat(GraphCall call)
    {
        Value[] values = [.. call.Inputs[..^1].Select((_, i) => call[i])];
        var axis = call.Known(values.Length)[0];
        var known = values.All(value => value.Rank == 1 && call.Lowering.NumbersOf(value) is not null) ? values.SelectMany(value => call.Lowering.NumbersOf(value)!).ToArray() : null;
        return [call.Lowering.Tell(call.G.Concat(values, axis), known)];
    }

    private static Value Pack(GraphCall call)
    {
        var axis = call.Node.Integer("axis");
        Value[] values = [.. call.Inputs.Select((_, i) => call[i])];
        var known = values.All(value => value.Rank == 0) && values.Any(value => call.Lowering.NumbersOf(value) is not null) ? values.Select(value => call.Lowering.NumbersOf(value)?[0]).ToArray() : null;
        axis = axis < 0 ? axis + values[0].Rank + 1 : axis;
        return call.Lowering.Tell(call.G.Concat([.. values.Select(value => call.G.Unsqueeze(value, axis))], axis), known);
    }

    private static Value StridedSlice(GraphCall call)
    {
        var x = call[0];
        var begins = call.Numbers(1);
        var ends = call.Numbers(2);
        var strides = call.Known(3);
        long Mask(string name) => call.Node.Integer(name);
        var (beginMask, endMask, ellipsisMask, newMask, shrinkMask) = (Mask("begin_mask"), Mask("end_mask"), Mask("ellipsis_mask"), Mask("new_axis_mask"), Mask("shrink_axis_mask"));
        var known = x.Rank == 1 ? call.Numbers(0) : null;
        var axis = 0;
        for (var i = 0; i < strides.Length; i++)
        {
            bool Has(long mask) => (mask >> i & 1) != 0;
            if (Has(ellipsisMask))
            {
                var after = Enumerable.Range(i + 1, strides.Length - i - 1).Count(j => (newMask >> j & 1) == 0);
                axis = x.Rank - after;
                continue;
            }

            if (Has(newMask))
            {
                x = call.G.Unsqueeze(x, axis++);
                known = null;
                continue;
            }

            if (Has(shrinkMask))
            {
                var at = begins?[i];
                x = at is { } index ? call.G.Pick(x, axis, index) : call.G.Gather(x, call.G.Pick(call[1], 0, i), axis);
                known = at is { } place && known is not null && place < known.Length && place >= -known.Length ? [known[place < 0 ? place + known.Length : place]] : null;
                continue;
            }

            long? from = Has(beginMask) ? null : begins?[i] ?? throw KerasErrors.Unsupported(call.Node.Name, "slices at places that are known only at a request");
            long? to = Has(endMask) ? null : ends?[i] is { } end ? end : long.MinValue;
            if (to == long.MinValue)
            {
                x = DynamicSlice(call, x, axis, from ?? 0, i, strides[i]);
                known = null;
            }
            else if (from is not null and not 0 || to is not null || strides[i] != 1)
            {
                x = call.G.Slice(x, axis, from, to, strides[i]);
                known = known is not null && strides[i] == 1 ? [.. known.Skip(Clamp(from ?? 0, known.Length)).Take(Math.Max(0, Clamp(to ?? known.Length, known.Length) - Clamp(from ?? 0, known.Length)))] : null;
            }

            axis++;
        }

        return call.Lowering.Tell(x, known);
    }

    private static Value Roll(GraphCall call)
    {
        var (x, shifts, axes) = (call[0], call.Known(1), call.Known(2));
        for (var i = 0; i < axes.Length; i++)
        {
            var shift = x.Shape[x.Axis(axes[i])] is > 0 and var length ? ((shifts[Math.Min(i, shifts.Length - 1)] % length) + length) % length : throw KerasErrors.Unsupported(call.Node.Name, "rolls along a length that is not fixed");
            x = shift == 0 ? x : call.G.Concat([call.G.Slice(x, axes[i], -shift, null), call.G.Slice(x, axes[i], null, -shift)], axes[i]);
        }

        return x;
    }

    private static int Clamp(long place, int length) => (int)Math.Clamp(place < 0 ? place + length : place, 0, length);

    private static Value DynamicSlice(GraphCall call, Value x, int axis, long from, int i, long step)
    {
        var end = call.G.Unsqueeze(call.G.Cast(call.G.Pick(call[2], 0, i), OnnxElementType.Int64), 0);
        var shape = (long[])x.Shape.Clone();
        shape[axis] = -1;
        return call.G.Add("Slice", x.Type, shape, [x, call.G.Longs(from), end, call.G.Longs(axis), call.G.Longs(step)]);
    }

    private static Value Slice(GraphCall call)
    {
        var x = call[0];
        var begins = call.Known(1);
        var sizes = call.Known(2);
        for (var i = 0; i < begins.Length; i++)
        {
            if (begins[i] != 0 || sizes[i] != -1)
            {
                x = call.G.Slice(x, i, begins[i], sizes[i] == -1 ? null : begins[i] + sizes[i]);
            }
        }

        return x;
    }

    private static object?[] Split(GraphCall call, long axis, Value x, long[]? sizes, long count)
    {
        var at = x.Axis(axis);
        if (sizes is null)
        {
            if (x.Shape[at] <= 0 || count is < 1 or > 10_000 || x.Shape[at] % count != 0)
            {
                throw KerasErrors.Unsupported(call.Node.Name, "splits a length that is not fixed");
            }

            sizes = [.. Enumerable.Repeat(x.Shape[at] / count, (int)count)];
        }

        List<object?> parts = [];
        var from = 0L;
        foreach (var size in sizes)
        {
            parts.Add(call.G.Slice(x, at, from, size < 0 ? null : from + size));
            from += size;
        }

        return [.. parts];
    }

    private static long?[]? Picked(GraphCall call) =>
        call[0].Rank == 1 && call.Numbers(0) is { } known && call.Numbers(1) is { } indices && indices.All(index => index is >= 0 && index < known.Length) ? [.. indices.Select(index => known[index!.Value])] : null;

    private static Value Range(GraphCall call)
    {
        var (from, to, step) = (call.Numbers(0)?[0], call.Numbers(1)?[0], call.Numbers(2)?[0]);
        var length = from is not null && to is not null && step is not null and not 0 ? Math.Max(0, (to.Value - from.Value + step.Value - Math.Sign(step.Value)) / step.Value) : -1;
        return call.Lowering.Tell(
            call.G.Add("Range", call[0].Type, [length], [call[0], call[1], call[2]]),
            length is >= 0 and <= 4096 ? [.. Enumerable.Range(0, (int)length).Select(i => (long?)(from!.Value + (i * step!.Value)))] : null);
    }

    private static Value Pad(GraphCall call, Value? value)
    {
        var pads = call.Known(1).Length == 2 * call[0].Rank ? call.Known(1) : throw KerasErrors.Invalid("a padding has not two numbers a dimension");
        return call.G.Pad(call[0], [.. Enumerable.Range(0, call[0].Rank).Select(i => pads[2 * i])], [.. Enumerable.Range(0, call[0].Rank).Select(i => pads[(2 * i) + 1])], value);
    }
}
