using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <content>Many numbers to one.</content>
internal sealed partial class Lowering
{
    /// <summary>Reduces along axes; none for all.</summary>
    public Value Reduce(string op, Value x, bool keep, params long[] axes)
    {
        if (x.Rank == 0)
        {
            return x;
        }

        HashSet<int> at = axes.Length == 0 ? [.. Enumerable.Range(0, x.Rank)] : [.. axes.Select(x.Axis)];
        List<long> shape = [];
        for (var i = 0; i < x.Rank; i++)
        {
            if (!at.Contains(i))
            {
                shape.Add(x.Shape[i]);
            }
            else if (keep)
            {
                shape.Add(1);
            }
        }

        return Add(op, x.Type, [.. shape], [x, Longs([.. at.Order().Select(axis => (long)axis)])], OnnxAttribute.Of("keepdims", keep ? 1L : 0L)) with { Declared = x.Declared };
    }

    public Value Sum(Value x, bool keep, params long[] axes) => Reduce("ReduceSum", x, keep, axes);

    public Value Mean(Value x, bool keep, params long[] axes) => Reduce("ReduceMean", x, keep, axes);

    public Value Max(Value x, bool keep, params long[] axes) => Reduce("ReduceMax", x, keep, axes);

    /// <summary>Mean and variance along axes, which stay with length 1.</summary>
    public (Value Mean, Value Variance) Moments(Value x, params long[] axes)
    {
        var mean = Mean(x, true, axes);
        var difference = Minus(x, mean);
        return (mean, Mean(Times(difference, difference), true, axes));
    }

    /// <summary>Whether any is true.</summary>
    public Value Any(Value x, bool keep, params long[] axes) => Cast(Max(Cast(x, OnnxElementType.Int32), keep, axes), OnnxElementType.Boolean);

    /// <summary>Whether all are true.</summary>
    public Value All(Value x, bool keep, params long[] axes) => Cast(Reduce("ReduceMin", Cast(x, OnnxElementType.Int32), keep, axes), OnnxElementType.Boolean);

    public Value ArgMax(Value x, long axis, bool keep, string op = "ArgMax")
    {
        var at = x.Axis(axis);
        long[] shape = keep ? [.. x.Shape[..at], 1, .. x.Shape[(at + 1)..]] : [.. x.Shape[..at], .. x.Shape[(at + 1)..]];
        return Add(op, OnnxElementType.Int64, shape, [x], OnnxAttribute.Of("axis", (long)at), OnnxAttribute.Of("keepdims", keep ? 1L : 0L));
    }

    /// <summary>Ones where the number says, zeros else, along a new last dimension.</summary>
    public Value OneHot(Value x, long depth, OnnxElementType type, long axis = -1)
    {
        var at = axis < 0 ? axis + x.Rank + 1 : axis;
        if (type == OnnxElementType.Boolean)
        {
            // The operator has no such type; a comparison is the same.
            var places = Reshape(Constant<long>([.. Enumerable.Range(0, (int)depth).Select(i => (long)i)], depth), [depth, .. Enumerable.Repeat(1L, x.Rank - (int)at)]);
            return Compare("Equal", Unsqueeze(Cast(x, OnnxElementType.Int64), at), places);
        }

        Value values = type switch
        {
            OnnxElementType.Int64 => Constant<long>([0, 1], 2),
            OnnxElementType.Int32 => Constant<int>([0, 1], 2),
            OnnxElementType.Float64 => Constant<double>([0, 1], 2),
            _ => Constant<float>([0, 1], 2),
        };
        // Numbers out of range are counted from the end by the operator; here they have no place.
        var index = Cast(x, OnnxElementType.Int64);
        index = Where(Compare("Less", index, 0), Scalar(depth, OnnxElementType.Int64), index);
        return Add("OneHot", values.Type, [.. x.Shape[..(int)at], depth, .. x.Shape[(int)at..]], [index, Longs(depth), values], OnnxAttribute.Of("axis", at));
    }
}
