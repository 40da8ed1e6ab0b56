using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <content>Shapes.</content>
internal sealed partial class Lowering
{
    /// <summary>The shape of a value as a request has it.</summary>
    public Value ShapeOf(Value x) => Add("Shape", OnnxElementType.Int64, [x.Rank], [x]);

    /// <summary>The length of one dimension, a vector of one.</summary>
    public Value LengthOf(Value x, long axis)
    {
        var at = x.Axis(axis);
        return x.Shape[at] >= 0
            ? Longs(x.Shape[at])
            : Add("Shape", OnnxElementType.Int64, [1], [x], OnnxAttribute.Of("start", (long)at), OnnxAttribute.Of("end", at + 1L));
    }

    /// <summary>A shape of lengths that are known and such that are those of other values.</summary>
    public Value ShapeFrom(IReadOnlyList<(long Known, Value? Of, int Axis)> lengths, int flexible = -1)
    {
        if (lengths.All(length => length.Known >= 0 || length.Of is null))
        {
            return Longs([.. lengths.Select(length => length.Known)]);
        }

        List<Value> parts = [.. lengths.Select((length, i) => length.Known >= 0 || i == flexible ? Longs(length.Known) : LengthOf(length.Of!, length.Axis))];
        return parts.Count == 1 ? parts[0] : Concat(parts, 0);
    }

    public Value Reshape(Value x, params long[] shape)
    {
        // One length that is not known is left to the runtime; more have to be told.
        if (shape.Count(length => length < 0) <= 1)
        {
            var known = shape;
            if (shape.Contains(-1) && !x.Shape.Contains(-1))
            {
                var rest = shape.Where(length => length >= 0).Aggregate(1L, (a, b) => a * b);
                var all = x.Shape.Aggregate(1L, (a, b) => a * b);
                known = rest > 0 && all % rest == 0 ? [.. shape.Select(length => length < 0 ? all / rest : length)] : shape;
            }

            return ReshapeTo(x, Longs(shape), known);
        }

        throw KerasErrors.Invalid($"a reshape to [{string.Join(", ", shape)}] has several lengths that are not known");
    }

    /// <summary>Reshapes to a shape that the graph computes.</summary>
    public Value ReshapeTo(Value x, Value shape, long[] known) =>
        Add("Reshape", x.Type, known, [x, shape], OnnxAttribute.Of("allowzero", 1L)) with { Declared = x.Declared };

    public Value Transpose(Value x, params int[] order)
    {
        var isSame = true;
        for (var i = 0; i < order.Length; i++)
        {
            isSame &= order[i] == i;
        }

        return isSame
            ? x
            : Add("Transpose", x.Type, [.. order.Select(axis => x.Shape[axis])], [x], OnnxAttribute.Of("perm", (IReadOnlyList<long>)[.. order.Select(axis => (long)axis)])) with { Declared = x.Declared };
    }

    public Value Unsqueeze(Value x, params long[] axes)
    {
        var rank = x.Rank + axes.Length;
        HashSet<long> at = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
        List<long> shape = [];
        var next = 0;
        for (var i = 0; i < rank; i++)
        {
            shape.Add(at.Contains(i) ? 1 : x.Shape[next++]);
        }

        return Add("Unsqueeze", x.Type, [.. shape], [x, Longs([.. at.Order()])]) with { Declared = x.Declared };
    }

    public Value Squeeze(Value x, params long[] axes)
    {
        HashSet<long> at = [.. axes.Select(axis => (long)x.Axis(axis))];
        return Add("Squeeze", x.Type, [.. x.Shape.Where((_, i) => !at.Contains(i))], [x, Longs([.. at.Order()])]) with { Declared = x.Declared };
    }

    public Value Concat(IReadOnlyList<Value> values, long axis)
    {
        if (values.Count == 1)
        {
            return values[0];
        }

        var type = values.Select(value => value.Type).MaxBy(type => Array.IndexOf(Widths, type));
        List<Value> same = [.. values.Select(value => type == OnnxElementType.String ? value : Cast(value, type))];
        var at = same[0].Axis(axis);
        var shape = (long[])same[0].Shape.Clone();
        foreach (var value in same)
        {
            if (value.Rank != shape.Length)
            {
                throw KerasErrors.Invalid($"tensors of {shape.Length} and {value.Rank} dimensions are joined");
            }

            for (var i = 0; i < shape.Length; i++)
            {
                shape[i] = i == at ? 0 : shape[i] >= 0 ? shape[i] : value.Shape[i];
            }
        }

        shape[at] = same.Any(value => value.Shape[at] < 0) ? -1 : same.Sum(value => value.Shape[at]);
        return Add("Concat", type, shape, same, OnnxAttribute.Of("axis", (long)at)) with { Declared = values[0].Declared };
    }

    /// <summary>A part of one dimension; bounds count from the end where they are negative.</summary>
    public Value Slice(Value x, long axis, long? start, long? end, long step = 1)
    {
        var at = x.Axis(axis);
        var from = start ?? (step > 0 ? 0 : long.MaxValue);
        var to = end ?? (step > 0 ? long.MaxValue : long.MinValue);
        var shape = (long[])x.Shape.Clone();
        shape[at] = LengthOfSlice(shape[at], from, to, step);
        return Add("Slice", x.Type, shape, [x, Longs(from), Longs(to), Longs(at), Longs(step)]) with { Declared = x.Declared };
    }

    public Value Gather(Value x, Value indices, long axis)
    {
        var at = x.Axis(axis);
        return Add("Gather", x.Type, [.. x.Shape[..at], .. indices.Shape, .. x.Shape[(at + 1)..]], [x, indices], OnnxAttribute.Of("axis", (long)at)) with { Declared = x.Declared };
    }

    /// <summary>One place of a dimension, which goes away.</summary>
    public Value Pick(Value x, long axis, long index) => Gather(x, Scalar(index, OnnxElementType.Int64), axis);

    public Value Reverse(Value x, long axis) => Slice(x, axis, null, null, -1);

    /// <summary>Adds places before and after; <paramref name="value"/> null for the border's own.</summary>
    public Value Pad(Value x, long[] before, long[] after, Value? value = null, string mode = "constant")
    {
        if (before.All(count => count == 0) && after.All(count => count == 0))
        {
            return x;
        }

        var shape = (long[])x.Shape.Clone();
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = shape[i] < 0 ? -1 : shape[i] + before[i] + after[i];
        }

        return Add("Pad", x.Type, shape, [x, Longs([.. before, .. after]), value], OnnxAttribute.Of("mode", mode)) with { Declared = x.Declared };
    }

    public Value Expand(Value x, Value shape, long[] known) => Add("Expand", x.Type, known, [x, shape]);

    /// <summary>Repeats along each dimension.</summary>
    public Value Tile(Value x, params long[] repeats) =>
        Add("Tile", x.Type, [.. x.Shape.Select((length, i) => length < 0 ? -1 : length * repeats[i])], [x, Longs(repeats)]) with { Declared = x.Declared };

    private static long LengthOfSlice(long length, long start, long end, long step)
    {
        if (length < 0)
        {
            return -1;
        }

        var from = start < 0 ? Math.Max(start + length, step > 0 ? 0 : -1) : Math.Min(start, step > 0 ? length : length - 1);
        var to = end == long.MinValue ? -1 : end < 0 ? Math.Max(end + length, step > 0 ? 0 : -1) : Math.Min(end, step > 0 ? length : length - 1);
        return step > 0 ? Math.Max(0, (to - from + step - 1) / step) : Math.Max(0, (from - to - step - 1) / -step);
    }
}
