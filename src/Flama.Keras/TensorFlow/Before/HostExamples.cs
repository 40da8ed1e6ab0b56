using System.Runtime.InteropServices;
using System.Text;
using Flama.Onnx.Graphs;
using Flama.Onnx.Protobuf;

namespace Flama.Keras.TensorFlow.Before;

/// <summary>Records of TensorFlow (<c>tf.Example</c>), read before the graph. Their bytes are given as text of one letter a byte, as Latin-1 has them.</summary>
internal static class HostExamples
{
    public static IReadOnlyDictionary<string, HostFunction> All { get; } = new Dictionary<string, HostFunction>(StringComparer.Ordinal)
    {
        ["ParseExampleV2"] = Parse,
    };

    // Records, their names, names of sparse, dense and ragged features, then what dense ones are where a record has none.
    private static HostTensor[] Parse(GraphNode node, IReadOnlyList<HostTensor> x)
    {
        Dictionary<string, ReadOnlyMemory<byte>>[] records = [.. x[0].Texts.Select(Features)];
        var rows = records.Length;
        List<HostTensor> indices = [], values = [], shapes = [], dense = [];
        var types = node.Types("sparse_types");
        for (var i = 0; i < x[2].Count; i++)
        {
            HostTensor[] found = [.. records.Select(record => Feature(record, x[2].Texts[i], types[i]))];
            indices.Add(HostTensor.Of(ElementType.Int64, [.. found.SelectMany((row, at) => Enumerable.Range(0, row.Count).SelectMany(j => (long[])[at, j]))], found.Sum(row => (long)row.Count), 2));
            values.Add(found.Length > 0 ? HostTensor.Join(found) : Empty(types[i]));
            shapes.Add(HostTensor.Of(ElementType.Int64, [rows, found.Select(row => row.Count).DefaultIfEmpty(0).Max()], 2));
        }

        types = node.Types("Tdense");
        var denseShapes = node.Shapes("dense_shapes");
        for (var i = 0; i < x[3].Count; i++)
        {
            var (name, otherwise, shape) = (x[3].Texts[i], x[5 + i], denseShapes[i]);
            HostTensor[] found = [.. records.Select(record => record.ContainsKey(name) ? Feature(record, name, types[i])
                : otherwise.Count > 0 ? otherwise.In(otherwise.Count) : throw HostTensor.Invalid($"a record has no '{SafeText.OneLine(name, 60)}'"))];
            dense.Add((found.Length > 0 ? HostTensor.Join(found) : Empty(types[i])).In([rows, .. shape]));
        }

        return [.. indices, .. values, .. shapes, .. dense];
    }

    private static HostTensor Empty(OnnxElementType type) => type == OnnxElementType.String ? HostTensor.Of(Array.Empty<string>(), 0) : type == OnnxElementType.Int64 ? HostTensor.Of(ElementType.Int64, Array.Empty<long>(), 0) : HostTensor.Of(ElementType.Float32, Array.Empty<double>(), 0);

    private static Dictionary<string, ReadOnlyMemory<byte>> Features(string record)
    {
        if (record.Any(letter => letter > 0xFF))
        {
            throw HostTensor.Invalid("a record of tf.Example is not text of one letter a byte");
        }

        Dictionary<string, ReadOnlyMemory<byte>> found = new(StringComparer.Ordinal);
        try
        {
            ProtoReader reader = new(Encoding.Latin1.GetBytes(record), "tf.Example");
            while (reader.Next())
            {
                if (reader.Field != 1)
                {
                    reader.Skip();
                    continue;
                }

                var features = reader.ReadMessage();
                while (features.Next())
                {
                    var (key, value) = features.Field == 1 ? Messages.ReadEntry(features.ReadMessage()) : throw HostTensor.Invalid("a record is not one of tf.Example");
                    found[key] = value;
                }
            }

            return found;
        }
        catch (FlamaException failure) when (failure.Code == ErrorCodes.Corrupt || failure.Code == ErrorCodes.Truncated)
        {
            throw HostTensor.Invalid("a record is not one of tf.Example");
        }
    }

    // A list of bytes, of numbers or of whole numbers: fields 1, 2 and 3.
    private static HostTensor Feature(Dictionary<string, ReadOnlyMemory<byte>> record, string name, OnnxElementType type)
    {
        List<string> texts = [];
        List<double> numbers = [];
        List<long> whole = [];
        if (record.TryGetValue(name, out var feature))
        {
            ProtoReader reader = new(feature, name);
            while (reader.Next())
            {
                if (reader.Field != (type == OnnxElementType.String ? 1 : type == OnnxElementType.Int64 ? 3 : 2))
                {
                    throw HostTensor.Invalid($"'{SafeText.OneLine(name, 60)}' of a record is of another type");
                }

                var list = reader.ReadMessage();
                while (list.Next())
                {
                    switch (type)
                    {
                        case OnnxElementType.String:
                            texts.Add(Encoding.UTF8.GetString(list.ReadBytes().Span));
                            break;
                        case OnnxElementType.Int64:
                            list.ReadLongs(whole);
                            break;
                        case var _ when list.Wire == WireType.Fixed32:
                            numbers.Add(list.ReadFloat());
                            break;
                        default:
                            numbers.AddRange(Array.ConvertAll(MemoryMarshal.Cast<byte, float>(list.ReadBytes().Span).ToArray(), number => (double)number));
                            break;
                    }
                }
            }
        }

        return type == OnnxElementType.String ? HostTensor.Of([.. texts], texts.Count)
            : type == OnnxElementType.Int64 ? HostTensor.Of(ElementType.Int64, [.. whole], whole.Count)
            : HostTensor.Of(ElementType.Float32, [.. numbers], numbers.Count);
    }
}
