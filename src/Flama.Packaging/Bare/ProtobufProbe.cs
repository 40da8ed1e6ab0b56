using Flama.Packaging.Reading;

namespace Flama.Packaging.Bare;

/// <summary>Tells models that are one protobuf message: by the numbers and wire types of its fields, to the last byte.</summary>
internal static class ProtobufProbe
{
    private const int MaxFields = 200_000;
    private const int LongestVarint = 10;
    private const int Varint = 0;
    private const int Bytes = 2;

    private const int NodeStart = 64;
    private const int CoreMLModel = 200;

    // ModelProto of ONNX: 1 ir_version, 2 producer_name, 3 producer_version, 4 domain, 5 model_version, 6 doc_string, 7 graph,
    // 8 opset_import, 14 metadata_props, 20 training_info, 25 functions, 26 configuration.
    private static readonly Message Onnx = new(ModelFormats.Onnx, [1, 5], [2, 3, 4, 6, 7, 8, 14, 20, 25, 26], [7]);

    // SavedModel: 1 saved_model_schema_version, 2 meta_graphs.
    private static readonly Message SavedModel = new(ModelFormats.SavedModel, [1], [2], [1, 2]);

    // GraphDef: 1 node, 2 library, 3 version, 4 versions.
    private static readonly Message Graph = new(ModelFormats.TensorFlowGraph, [3], [1, 2, 4], [1]);

    // MetaGraphDef: 1 meta_info_def, 2 graph_def, 3 saver_def, 4 collection_def, 5 signature_def, 6 asset_file_def, 7 object_graph_def.
    private static readonly Message MetaGraph = new(ModelFormats.TensorFlowMetaGraph, [], [1, 2, 3, 4, 5, 6, 7], [1, 2]);

    // Model of Core ML: 1 specificationVersion, 2 description, 10 isUpdatable, and the model itself from 200 on.
    private static readonly Message CoreML = new(ModelFormats.CoreML, [1, 10], [2, .. Enumerable.Range(CoreMLModel, 2900)], [1, 2], CoreMLModel);

    /// <summary>Tells what message a file is; null when it is none of the known ones.</summary>
    public static ModelFormat? Recognize(PackageFile file)
    {
        var candidates = new List<Message> { Onnx, SavedModel, Graph, MetaGraph, CoreML };
        HashSet<long> seen = [];
        var isNode = false;
        var isSchema1 = false;
        var position = 0L;
        Span<byte> window = stackalloc byte[2 * LongestVarint];
        for (var fields = 0; position < file.Source.Length; fields++)
        {
            var part = window[..file.Source.Read(position, window)];
            var read = part.Length;
            if (fields == MaxFields || !ReadVarint(ref part, out var tag) || !ReadVarint(ref part, out var value))
            {
                return null;
            }

            var number = (long)(tag >> 3);
            var isVarint = (tag & 7) == Varint;
            candidates.RemoveAll(message => !message.Takes(number, isVarint, (tag & 7) == Bytes));
            if (candidates.Count == 0)
            {
                return null;
            }

            position += read - part.Length;
            isSchema1 |= fields == 0 && isVarint && value == 1;
            if (!isVarint)
            {
                if (value > (ulong)(file.Source.Length - position))
                {
                    return null;
                }

                isNode |= fields == 0 && number == 1 && IsNode(file, position, (long)value);
                position += (long)value;
            }

            seen.Add(number);
        }

        // A graph's node begins with its name and its operation; the first field of a meta graph does not. There is one schema of SavedModel.
        return candidates.Find(message =>
            message.IsComplete(seen) && (message != Graph || isNode) && (message != MetaGraph || !isNode) && (message != SavedModel || isSchema1))?.Format;
    }

    private static bool IsNode(PackageFile file, long offset, long length)
    {
        Span<byte> buffer = stackalloc byte[NodeStart];
        ReadOnlySpan<byte> start = buffer[..file.Source.Read(offset, buffer[..(int)Math.Min(length, NodeStart)])];
        if (start.Length < 2 || start[0] != 0x0A || start[1] is 0 or >= 0x80)
        {
            return false;
        }

        // A longer name hides what follows it.
        var next = 2 + start[1];
        return next >= start.Length || start[next] is 0x12;
    }

    private static bool ReadVarint(ref Span<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(LongestVarint, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private sealed class Message(ModelFormat format, HashSet<int> varints, HashSet<int> bytes, int[] required, int highest = 0)
    {
        public ModelFormat Format => format;

        public bool Takes(long number, bool isVarint, bool isBytes) =>
            number <= int.MaxValue && ((isVarint && varints.Contains((int)number)) || (isBytes && bytes.Contains((int)number)));

        public bool IsComplete(HashSet<long> seen) => required.All(number => seen.Contains(number)) && seen.Max() >= highest;
    }
}
