using Flama.Packaging.Reading;

namespace Flama.Packaging.Bare;

/// <summary>Tells an ONNX model: a protobuf message with the fields of <c>ModelProto</c>, and nothing else, to the last byte.</summary>
internal static class OnnxProbe
{
    private const int MaxFields = 100_000;
    private const int LongestVarint = 10;
    private const int Graph = 7;
    private const int Varint = 0;
    private const int Bytes = 2;

    public static bool IsModel(PackageFile file)
    {
        var hasGraph = false;
        var position = 0L;
        Span<byte> window = stackalloc byte[2 * LongestVarint];
        for (var fields = 0; position < file.Source.Length; fields++)
        {
            var part = window[..file.Source.Read(position, window)];
            var read = part.Length;
            if (fields == MaxFields
                || !ReadVarint(ref part, out var tag) || !ReadVarint(ref part, out var value)
                || !IsField((long)tag >> 3, (int)(tag & 7)))
            {
                return false;
            }

            position += read - part.Length;
            if ((tag & 7) == Bytes)
            {
                if (value > (ulong)(file.Source.Length - position))
                {
                    return false;
                }

                position += (long)value;
            }

            hasGraph |= tag >> 3 == Graph;
        }

        return hasGraph;
    }

    // ModelProto: 1 ir_version, 2 producer_name, 3 producer_version, 4 domain, 5 model_version, 6 doc_string, 7 graph, 8 opset_import,
    // 14 metadata_props, 20 training_info, 25 functions, 26 configuration.
    private static bool IsField(long number, int wireType) => number switch
    {
        1 or 5 => wireType == Varint,
        2 or 3 or 4 or 6 or Graph or 8 or 14 or 20 or 25 or 26 => wireType == Bytes,
        _ => false,
    };

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
}
