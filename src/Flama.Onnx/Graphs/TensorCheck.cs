using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <summary>Compares what a constant says of itself with what is there.</summary>
internal static class TensorCheck
{
    /// <summary>Checks type, shape and number of elements.</summary>
    /// <param name="tensor">The tensor as it was read.</param>
    /// <param name="reader">Stands behind it, for messages.</param>
    /// <param name="isRaw">Whether its elements are bytes.</param>
    /// <exception cref="FlamaException">They do not fit each other (<see cref="ErrorCodes.Corrupt"/>).</exception>
    public static void Check(OnnxTensor tensor, ref ProtoReader reader, bool isRaw)
    {
        var what = $"the constant '{SafeText.OneLine(tensor.Name, 100)}'";
        if (!OnnxElementTypes.IsKnown(tensor.Type))
        {
            throw reader.Corrupt($"{what} with elements of the unknown type {(int)tensor.Type}");
        }

        if (tensor.Count is not { } count)
        {
            throw reader.Corrupt($"{what} with the impossible shape [{string.Join(", ", tensor.Shape)}]");
        }

        var isText = tensor.Type == OnnxElementType.String;
        if (isText ? isRaw || tensor.External is not null : tensor.Content is TextContent)
        {
            throw reader.Corrupt($"{what} of {tensor.Type} whose elements are {(isText ? "bytes" : "text")}");
        }

        if (tensor.External is not null)
        {
            return;
        }

        long? found = tensor.Content switch
        {
            RawContent raw => raw.Bytes.Length,
            var other => other.Count,
        };
        long? expected = tensor.Content switch
        {
            RawContent when !isText => tensor.ByteCount,
            FieldContent => NumbersOf(tensor, count),
            _ => count,
        };
        if (found != expected)
        {
            throw reader.Corrupt($"{what} of the shape [{string.Join(", ", tensor.Shape)}] with {found} of {expected} {(isRaw ? "bytes" : "elements")}");
        }
    }

    // A complex number is two; elements of less than a byte share a number as they share a byte.
    private static long NumbersOf(OnnxTensor tensor, long count) => OnnxElementTypes.BitsOf(tensor.Type) switch
    {
        _ when tensor.Type is OnnxElementType.Complex64 or OnnxElementType.Complex128 => 2 * count,
        4 => (count + 1) / 2,
        2 => (count + 3) / 4,
        _ => count,
    };
}
