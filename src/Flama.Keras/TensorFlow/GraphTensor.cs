using System.Buffers.Binary;
using System.Text;
using Flama.Onnx.Graphs;
using Flama.Onnx.Protobuf;

namespace Flama.Keras.TensorFlow;

/// <summary>A constant of a graph of TensorFlow. Immutable.</summary>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The length of each dimension.</param>
/// <param name="Data">The elements, little-endian; empty for text.</param>
/// <param name="Texts">The elements of text.</param>
internal sealed record GraphTensor(OnnxElementType Type, long[] Shape, ReadOnlyMemory<byte> Data, IReadOnlyList<string> Texts)
{
    // How much larger than what is stored a constant may be of one number for all.
    private const long MaxSpread = 64L << 20;
    private const int MaxTexts = 1 << 20;

    /// <summary>Reads the message. One number may stand for all that follow.</summary>
    public static GraphTensor Read(ReadOnlyMemory<byte> message)
    {
        ProtoReader reader = new(message, "constant");
        OnnxElementType? type = null;
        long[] shape = [];
        ReadOnlyMemory<byte> content = default;
        List<long> whole = [];
        List<byte[]> parts = [];
        List<string> texts = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    type = Messages.TypeOf(reader.ReadLong());
                    break;
                case 2:
                    shape = Messages.ReadShape(reader.ReadBytes()) ?? [];
                    break;
                case 4:
                    content = reader.ReadBytes();
                    break;
                case 5 when reader.Wire == WireType.Fixed32:
                    parts.Add(BitConverter.GetBytes(reader.ReadFloat()));
                    break;
                case 6 when reader.Wire == WireType.Fixed64:
                    parts.Add(BitConverter.GetBytes(reader.ReadDouble()));
                    break;
                case 5 or 6:
                    parts.Add(reader.ReadBytes().ToArray());
                    break;
                case 7 or 10 or 11 or 13 or 16 or 17:
                    reader.ReadLongs(whole);
                    break;
                case 8:
                    texts.Add(Encoding.UTF8.GetString(reader.ReadBytes().Span));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var element = type ?? throw KerasErrors.Invalid("a constant is of no type that a tensor has");
        Int128 count = 1;
        foreach (var length in shape)
        {
            count *= length >= 0 ? length : throw KerasErrors.Invalid("a constant has a negative length");
        }

        if (element == OnnxElementType.String)
        {
            if (count > texts.Count + MaxTexts || (texts.Count == 0 && count > 0 && count != 1))
            {
                throw KerasErrors.Invalid("a constant of text has not the elements of its shape");
            }

            while (texts.Count < count)
            {
                texts.Add(texts.Count == 0 ? "" : texts[^1]);
            }

            return new(element, shape, default, texts);
        }

        var size = SizeOf(element);
        if (count < 0 || count * size > Array.MaxLength)
        {
            throw KerasErrors.Invalid($"a constant has the shape [{string.Join(", ", shape)}]");
        }

        var bytes = (int)(count * size);
        if (content.Length == bytes && bytes > 0)
        {
            return new(element, shape, content, []);
        }

        var given = Joined(whole, parts, size, content);
        return bytes - given.Length <= MaxSpread
            ? new(element, shape, Spread(given, bytes, size), [])
            : throw KerasErrors.TooLarge($"a constant of {bytes} bytes is one number many times");
    }

    /// <summary>Whole numbers of a small constant; null for others.</summary>
    public long?[]? Numbers()
    {
        if (Shape.Length > 2 || Type is not (OnnxElementType.Int32 or OnnxElementType.Int64) || Data.Length > 8 * 4096)
        {
            return null;
        }

        var size = SizeOf(Type);
        var numbers = new long?[Data.Length / size];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = size == 4 ? BinaryPrimitives.ReadInt32LittleEndian(Data.Span[(i * 4)..]) : BinaryPrimitives.ReadInt64LittleEndian(Data.Span[(i * 8)..]);
        }

        return numbers;
    }

    /// <summary>How many bytes an element has.</summary>
    public static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float64 or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
        OnnxElementType.Float32 or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Int16 or OnnxElementType.UInt16 => 2,
        _ => 1,
    };

    private static byte[] Joined(List<long> whole, List<byte[]> parts, int size, ReadOnlyMemory<byte> content)
    {
        if (parts.Count > 0)
        {
            return [.. parts.SelectMany(part => part)];
        }

        if (whole.Count == 0)
        {
            return content.ToArray();
        }

        var bytes = new byte[whole.Count * size];
        for (var i = 0; i < whole.Count; i++)
        {
            BitConverter.GetBytes(whole[i]).AsSpan(0, size).CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }

    private static byte[] Spread(byte[] given, int length, int size)
    {
        var bytes = new byte[length];
        given.AsSpan(0, Math.Min(given.Length, length)).CopyTo(bytes);
        for (var at = given.Length; given.Length >= size && at + size <= length; at += size)
        {
            bytes.AsSpan(at - size, size).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }
}
