using Flama.Keras.Graphs;
using Flama.Keras.Models;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Operations;

/// <summary>Shapes and parts.</summary>
internal static class ShapeOperations
{
    public static IReadOnlyDictionary<string, OperationLowering> All { get; } = new Dictionary<string, OperationLowering>(StringComparer.Ordinal)
    {
        ["GetItem"] = (g, call) => GetItem(g, call.Value(g, 0, "x"), call.Argument(1, "key")),
        ["Concatenate"] = (g, call) => g.Concat(call.List(g), call.Integer("axis", 0)),
        ["Stack"] = (g, call) => Stack(g, call),
        ["Split"] = Split,
        ["Tile"] = (g, call) => call.Value(g, 0, "x") is var x && call.Integers("repeats", 1) is { } repeats ? g.Tile(x, Leading(repeats, x.Rank)) : throw call.Missing("repeats"),
        ["Repeat"] = Repeat,
        ["Take"] = Take,
        ["Flip"] = (g, call) => call.Value(g, 0, "x") is var x ? (call.Integers("axis") ?? [.. Enumerable.Range(0, x.Rank).Select(i => (long)i)]).Aggregate(x, g.Reverse) : null!,
        ["Roll"] = Roll,
        ["Reshape"] = (g, call) => Reshape(g, call.Value(g, 0, "x"), call, "newshape"),
        ["Transpose"] = Transpose,
        ["Swapaxes"] = (g, call) => call.Value(g, 0, "x") is var x ? Swap(g, x, call.Integer("axis1", 0), call.Integer("axis2", 1)) : null!,
        ["ExpandDims"] = (g, call) => g.Unsqueeze(call.Value(g, 0, "x"), call.Integers("axis", 1) ?? throw call.Missing("axis")),
        ["Squeeze"] = (g, call) => call.Value(g, 0, "x") is var x ? g.Squeeze(x, call.Integers("axis", 1) ?? [.. Enumerable.Range(0, x.Rank).Where(i => x.Shape[i] == 1).Select(i => (long)i)]) : null!,
        ["Ravel"] = (g, call) => g.Reshape(call.Value(g, 0, "x"), -1),
        ["BroadcastTo"] = (g, call) => call.Integers("shape", 1) is { } shape ? g.Expand(call.Value(g, 0, "x"), g.Longs(shape), shape) : throw call.Missing("shape"),
    };

    /// <summary>Parts of a tensor as Python's brackets have them.</summary>
    public static Value GetItem(Lowering g, Value x, object? key)
    {
        IReadOnlyList<object?> keys = key as IReadOnlyList<object?> ?? [key];
        var axis = 0;
        var taken = keys.Count(item => item is not null && item is not SliceBounds { IsEllipsis: true });
        foreach (var item in keys)
        {
            switch (item)
            {
                case null:
                    x = g.Unsqueeze(x, axis++);
                    break;
                case SliceBounds { IsEllipsis: true }:
                    axis += x.Rank - axis - taken;
                    break;
                case SliceBounds bounds:
                    taken--;
                    x = bounds is { Start: null, Stop: null, Step: null or 1 } ? x : g.Slice(x, axis, bounds.Start, bounds.Stop, bounds.Step is null or 0 ? 1 : bounds.Step.Value);
                    axis++;
                    break;
                case long index:
                    taken--;
                    x = g.Pick(x, axis, index);
                    break;
                case Value index:
                    taken--;
                    x = g.Gather(x, g.Cast(index, OnnxElementType.Int64), axis);
                    axis += index.Rank;
                    break;
                default:
                    throw KerasErrors.Invalid("an index is neither a number nor a slice");
            }
        }

        return x;
    }

    /// <summary>Another shape; one length may be -1, others those of values.</summary>
    public static Value Reshape(Lowering g, Value x, OperationCall call, string name)
    {
        if (call.Integers(name, 1) is { } shape)
        {
            return g.Reshape(x, shape);
        }

        if (call.Argument(1, name) is not IReadOnlyList<object?> mixed)
        {
            return call.Argument(1, name) is Value computed ? g.ReshapeTo(x, g.Cast(computed, OnnxElementType.Int64), [.. Enumerable.Repeat(-1L, (int)Math.Max(0, computed.Shape[0]))]) : throw call.Missing(name);
        }

        List<Value> parts = [];
        List<long> known = [];
        foreach (var part in mixed)
        {
            known.Add(part is long length ? length : -1);
            parts.Add(part is long fixedLength ? g.Longs(fixedLength) : part is Value value ? g.Reshape(g.Cast(value, OnnxElementType.Int64), 1) : throw call.Missing(name));
        }

        return g.ReshapeTo(x, g.Concat(parts, 0), [.. known]);
    }

    /// <summary>Values as parts of a new dimension.</summary>
    public static Value Stack(Lowering g, OperationCall call)
    {
        var values = call.List(g);
        var axis = call.Integer("axis", 0);
        return g.Concat([.. values.Select(value => g.Unsqueeze(value, axis < 0 ? axis + value.Rank + 1 : axis))], axis < 0 ? axis + values[0].Rank + 1 : axis);
    }

    /// <summary>Equal parts along an axis, or parts at places.</summary>
    public static object Split(Lowering g, OperationCall call)
    {
        var x = call.Value(g, 0, call.Call.Keywords.ContainsKey("value") ? "value" : "x");
        var isTensorFlow = call.Config.Text("function") is not null;
        var axis = x.Axis(call.Integer("axis", 0, isTensorFlow ? -1 : 2));
        var parts = call.Integers(isTensorFlow ? "num_or_size_splits" : "indices_or_sections", 1) ?? throw call.Missing("sections");
        List<object?> made = [];
        if (parts is [var count] && call.Argument(1, isTensorFlow ? "num_or_size_splits" : "indices_or_sections") is long)
        {
            if (x.Shape[axis] <= 0 || count is < 1 or > 10_000 || x.Shape[axis] % count != 0)
            {
                throw call.Missing("sections");
            }

            parts = [.. Enumerable.Range(1, (int)count - 1).Select(i => i * (x.Shape[axis] / count))];
        }
        else if (isTensorFlow)
        {
            var at = 0L;
            parts = [.. parts[..^1].Select(size => at += size)];
        }

        var from = 0L;
        foreach (var to in parts)
        {
            made.Add(g.Slice(x, axis, from, to));
            from = to;
        }

        made.Add(g.Slice(x, axis, from, null));
        return made;
    }

    private static long[] Leading(long[] repeats, int rank) => [.. Enumerable.Repeat(1L, Math.Max(0, rank - repeats.Length)), .. repeats];

    private static Value Repeat(Lowering g, OperationCall call)
    {
        var x = call.Value(g, 0, "x");
        var axis = x.Axis(call.Integer("axis", 0, 2));
        var times = call.Integer("repeats", 1, 1);
        return x.Shape[axis] is > 0 and < 100_000 and var length && times is > 0 and < 100_000
            ? g.Gather(x, g.Constant<long>([.. Enumerable.Range(0, (int)(length * times)).Select(i => i / times)], length * times), axis)
            : throw KerasErrors.Unsupported(call.Name, "repeats along a length that is not fixed");
    }

    private static Value Take(Lowering g, OperationCall call)
    {
        var x = call.Value(g, 0, "x");
        var indices = g.Cast(call.Value(g, 1, "indices"), OnnxElementType.Int64);
        return call.Integers("axis", 2) is [var axis] ? g.Gather(x, indices, axis) : g.Gather(g.Reshape(x, -1), indices, 0);
    }

    private static Value Roll(Lowering g, OperationCall call)
    {
        var x = call.Value(g, 0, "x");
        var shifts = call.Integers("shift", 1) ?? throw call.Missing("shift");
        var axes = call.Integers("axis", 2) ?? throw KerasErrors.Unsupported(call.Name, "rolls a flattened tensor");
        for (var i = 0; i < axes.Length; i++)
        {
            var shift = shifts[Math.Min(i, shifts.Length - 1)];
            x = shift == 0 ? x : g.Concat([g.Slice(x, axes[i], -shift, null), g.Slice(x, axes[i], null, -shift)], axes[i]);
        }

        return x;
    }

    private static Value Transpose(Lowering g, OperationCall call)
    {
        var x = call.Value(g, 0, "x");
        var axes = call.Integers("axes", 1) ?? call.Integers("perm", 1) ?? [.. Enumerable.Range(0, x.Rank).Reverse().Select(i => (long)i)];
        return g.Transpose(x, [.. axes.Select(x.Axis)]);
    }

    private static Value Swap(Lowering g, Value x, long first, long second)
    {
        int[] order = [.. Enumerable.Range(0, x.Rank)];
        (order[x.Axis(first)], order[x.Axis(second)]) = (order[x.Axis(second)], order[x.Axis(first)]);
        return g.Transpose(x, order);
    }
}
