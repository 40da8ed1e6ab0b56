using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>Sparse tensors, and sums of parts: where things are is found before the graph, what they sum to in it.</summary>
internal static class SparseNodes
{
    private const OnnxElementType Long = OnnxElementType.Int64;

    public static IReadOnlyDictionary<string, Func<GraphCall, object?[]>> All { get; } = new Dictionary<string, Func<GraphCall, object?[]>>(StringComparer.Ordinal)
    {
        ["Where"] = call => [call.G.Transpose(call.G.Add("NonZero", Long, [call[0].Rank, -1], [call[0]]), 1, 0)],
        ["Unique"] = Unique,
        ["Bucketize"] = Bucketize,
        ["SparseReshape"] = call => call.Before((Long, [-1, Length(call, 2)]), (Long, [Length(call, 2)])),
        ["SparseFillEmptyRows"] = call => call.Before((Long, [-1, call[0].Last]), (call[1].Type, [-1]), (OnnxElementType.Boolean, [-1]), (Long, [-1])),
        ["SparseToDense"] = call => call.Before((call[2].Type, ShapeNodes.ShapeOf(call, 1))),
        ["SparseCross"] = call => call.Node.Flag("hashed_output")
            ? call.Before((Long, [-1, 2]), (Long, [-1]), (Long, [2]))
            : throw KerasErrors.Unsupported(call.Node.Name, "crosses words without a hash"),
        ["SparseSegmentSum"] = call => [Segments(call, call.G.Gather(call[0], call.G.Cast(call[1], Long), 0), call[2], null, isMean: false)],
        ["SparseSegmentMean"] = call => [Segments(call, call.G.Gather(call[0], call.G.Cast(call[1], Long), 0), call[2], null, isMean: true)],
        ["SegmentSum"] = call => [Segments(call, call[0], call[1], null, isMean: false)],
        ["SegmentMean"] = call => [Segments(call, call[0], call[1], null, isMean: true)],
        ["UnsortedSegmentSum"] = call => [Segments(call, call[0], call[1], call[2], isMean: false)],
    };

    private static long Length(GraphCall call, int index) => call[index].Shape is [>= 0 and <= 32 and var length] ? length : throw KerasErrors.Unsupported(call.Node.Name, "has a shape of a rank that is not known");

    // In the order in which they come.
    private static object?[] Unique(GraphCall call)
    {
        var type = call.Node.Type("out_idx") ?? OnnxElementType.Int32;
        if (call.Lowering.IsBefore(call[0]))
        {
            return call.Before((call[0].Type, [-1]), (type, call[0].Shape));
        }

        // The operator has few types.
        var x = call[0].IsFloat ? call[0] : call.G.Cast(call[0], Long);
        var made = call.G.AddAll("Unique", [x], [(x.Type, [-1]), (Long, [-1]), (Long, [call[0].Shape[0]])], OnnxAttribute.Of("sorted", 0L));
        return [call.G.Cast(made[0], call[0].Type), call.G.Cast(made[2], type)];
    }

    private static object?[] Bucketize(GraphCall call)
    {
        var g = call.G;
        var boundaries = call.Node.Floats("boundaries");
        var isAbove = g.Compare("GreaterOrEqual", g.Unsqueeze(g.Cast(call[0], OnnxElementType.Float32), -1), g.Constant<float>(boundaries, boundaries.Length));
        return [boundaries.Length == 0 ? g.Cast(g.Times(call[0], 0), OnnxElementType.Int32) : g.Sum(g.Cast(isAbove, OnnxElementType.Int32), false, -1)];
    }

    // Rows of one number are added up; without a count there are as many as the highest number says.
    private static Value Segments(GraphCall call, Value rows, Value ids, Value? count, bool isMean)
    {
        if (ids.Rank != 1)
        {
            throw KerasErrors.Unsupported(call.Node.Name, "sums along several dimensions");
        }

        var g = call.G;
        ids = g.Cast(ids, Long);
        var lengths = count is null ? g.Plus(g.Max(ids, true, 0), 1) : g.Reshape(g.Cast(count, Long), 1);
        var known = count is not null && call.Numbers(2) is [{ } number] ? number : -1;
        var places = g.Unsqueeze(ids, 1);
        Value Sum(Value parts)
        {
            var inner = parts.Shape[1..];
            var shape = inner.Length == 0 ? lengths : g.Concat([lengths, g.Slice(g.ShapeOf(parts), 0, 1, null)], 0);
            return g.Add("ScatterND", parts.Type, [known, .. inner], [g.Expand(g.Scalar(0, parts.Type), shape, [known, .. inner]), places, parts], OnnxAttribute.Of("reduction", "add"));
        }

        var sums = Sum(rows);
        if (!isMean)
        {
            return sums;
        }

        var counts = g.Clip(Sum(g.Expand(g.Scalar(1, rows.Type), g.ShapeOf(ids), ids.Shape)), 1, null);
        return g.Over(sums, g.Reshape(counts, [-1, .. Enumerable.Repeat(1L, rows.Rank - 1)]));
    }
}
