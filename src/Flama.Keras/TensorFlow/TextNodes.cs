using Flama.Keras.Graphs;
using Flama.Keras.TensorFlow.Before;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>Texts, tables of them, and rows of different lengths, which are worked on before the graph.</summary>
internal static class TextNodes
{
    private const OnnxElementType Long = OnnxElementType.Int64;
    private const OnnxElementType Text = OnnxElementType.String;

    public static IReadOnlyDictionary<string, Func<GraphCall, object?[]>> All { get; } = new Dictionary<string, Func<GraphCall, object?[]>>(StringComparer.Ordinal)
    {
        ["StringLower"] = call => call.Before((Text, call[0].Shape)),
        ["StringUpper"] = call => call.Before((Text, call[0].Shape)),
        ["StringStrip"] = call => call.Before((Text, call[0].Shape)),
        ["StaticRegexReplace"] = Pattern(Text),
        ["StaticRegexFullMatch"] = Pattern(OnnxElementType.Boolean),
        ["StringLength"] = call => call.Before((OnnxElementType.Int32, call[0].Shape)),
        ["Substr"] = call => call.Before((Text, call[0].Shape)),
        ["StringJoin"] = call => call.Before((Text, call.Inputs.Select((_, i) => call[i].Shape).Aggregate(Lowering.Broadcast))),
        ["AsString"] = AsText,
        ["StringToNumber"] = call => call.Before((call.Node.Type("out_type") ?? OnnxElementType.Float32, call[0].Shape)),
        ["StringToHashBucketFast"] = Hash,
        ["StringToHashBucketStrong"] = Hash,
        ["StringSplitV2"] = call => call.Before((Long, [-1, 2]), (Text, [-1]), (Long, [2])),
        ["StringNGrams"] = call => call.Before((Text, [-1]), (call[1].Type, [-1])),
        ["RaggedTensorToTensor"] = call => call.Before((call[1].Type, ShapeOfRows(call))),
        ["RaggedBincount"] = call => call.Before((call[3].Type, [-1, call.Numbers(2)?[0] ?? -1])),
        ["DenseBincount"] = call => call.Before((call[2].Type, call[0].Rank < 2 ? [call.Numbers(1)?[0] ?? -1] : [call[0].Shape[0], call.Numbers(1)?[0] ?? -1])),
        ["ParseExampleV2"] = Parse,
        ["HashTableV2"] = call => [new GraphTable(call.Node)],
        ["HashTable"] = call => [new GraphTable(call.Node)],
        ["LookupTableFindV2"] = Find,
        ["LookupTableFind"] = Find,
        ["LookupTableSizeV2"] = call => [call.Lowering.Tell(call.G.Scalar(Table(call).Values.Count, Long), [Table(call).Values.Count])],
    };

    // A pattern that cannot be matched is refused when the model is loaded.
    private static Func<GraphCall, object?[]> Pattern(OnnxElementType type) => call =>
    {
        TensorFlowRegex.Of(call.Node.Text("pattern"), call.Node.Op == "StaticRegexFullMatch");
        return call.Before((type, call[0].Shape));
    };

    // Whole numbers that the graph has computed are text there as well.
    private static object?[] AsText(GraphCall call) =>
        call[0].Type is OnnxElementType.Int32 or OnnxElementType.Int64 && !call.Lowering.IsBefore(call[0]) && call.Node.Integer("width", -1) < 0
            ? [call.G.Cast(call[0], Text)]
            : call.Before((Text, call[0].Shape));

    private static object?[] Hash(GraphCall call) => call.Node.Integer("num_buckets") > 0
        ? call.Before((Long, call[0].Shape))
        : throw KerasErrors.Invalid($"'{call.Node.Name}' has no bins");

    private static long[] ShapeOfRows(GraphCall call)
    {
        var given = call.Numbers(0);
        return [.. Enumerable.Range(0, call[1].Rank + 1).Select(i => i < 2 ? given is not null && i < given.Length && given[i] is >= 0 and var length ? length : -1 : call[1].Shape[i - 1])];
    }

    private static object?[] Parse(GraphCall call)
    {
        var (sparse, dense, shapes) = (call.Node.Types("sparse_types"), call.Node.Types("Tdense"), call.Node.Shapes("dense_shapes"));
        if (call.Node.Types("ragged_value_types").Length > 0 || shapes.Any(shape => shape.Contains(-1)) || shapes.Length != dense.Length || call.Inputs.Length != 5 + dense.Length || call[0].Rank != 1)
        {
            throw KerasErrors.Unsupported(call.Node.Name, "reads records (ParseExampleV2) with lists of different lengths");
        }

        var rows = call[0].Shape[0];
        return call.Before([.. sparse.Select(_ => (Long, (long[])[-1, 2])), .. sparse.Select(type => (type, (long[])[-1])), .. sparse.Select(_ => (Long, (long[])[2])), .. dense.Select((type, i) => (type, (long[])[rows, .. shapes[i]]))]);
    }

    private static TableContent Table(GraphCall call) => call.Lowering.Tables.Read(call.Inputs[0] as GraphTable ?? throw KerasErrors.Unsupported(call.Node.Name, "reads something that is no table"));

    private static object?[] Find(GraphCall call)
    {
        var table = Table(call);
        var (keys, otherwise) = (call[1], call[2]);
        if (call.Lowering.IsBefore(keys))
        {
            return [.. call.Lowering.Before(call.Node, [keys, otherwise], (_, x) => [table.Find(x[0], x[1])], (otherwise.Type, keys.Shape))];
        }

        if (table.Keys.IsText || table.Values.Count == 0)
        {
            throw KerasErrors.Unsupported(call.Node.Name, "looks up text that the graph has computed");
        }

        // The place of each key among those of the table, and the one behind them all for others.
        var g = call.G;
        var places = table.Keys.Longs;
        var isRow = places.Select((key, i) => key == i).All(isSame => isSame);
        var index = g.Cast(keys, Long);
        var count = places.Length;
        if (isRow)
        {
            index = g.Where(g.Compare("And", g.Compare("GreaterOrEqual", index, 0), g.Compare("Less", index, count)), index, g.Scalar(count, Long));
        }
        else
        {
            var same = g.Cast(g.Compare("Equal", g.Unsqueeze(index, -1), g.Constant<long>(places, count)), OnnxElementType.Int32);
            index = g.Where(g.Any(same, false, -1), g.ArgMax(same, -1, false), g.Scalar(count, Long));
        }

        var values = g.Concat([call.Lowering.Constant(table.Values), g.Reshape(otherwise, 1)], 0);
        return [g.Gather(values, index, 0)];
    }
}
