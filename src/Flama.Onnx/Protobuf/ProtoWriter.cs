using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Flama.Onnx.Protobuf;

/// <summary>Writes the fields of one protobuf message. Large bytes are kept as they are until the whole is written, once.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ProtoWriter
{
    // Smaller ones are copied: a part costs more than its bytes.
    private const int Copied = 256;

    private readonly List<ReadOnlyMemory<byte>> parts = [];
    private ArrayBufferWriter<byte> current = new(64);

    /// <summary>How many bytes were written.</summary>
    public long Length { get; private set; }

    /// <summary>Writes a whole number.</summary>
    public void Write(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    /// <summary>Writes a float32.</summary>
    public void Write(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(Reserve(sizeof(float)), value);
    }

    /// <summary>Writes bytes, which must not change until the whole is written.</summary>
    public void Write(int field, ReadOnlyMemory<byte> bytes)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)bytes.Length);
        Append(bytes);
    }

    /// <summary>Writes text; an empty one too.</summary>
    public void Write(int field, string text) => Write(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes text, unless it is empty: the same to a reader.</summary>
    public void WriteOptional(int field, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Write(field, text);
        }
    }

    /// <summary>Writes a message.</summary>
    /// <param name="field">The field.</param>
    /// <param name="message">The message, which is complete.</param>
    public void Write(int field, ProtoWriter message)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)message.Length);
        foreach (var part in message.parts)
        {
            Append(part);
        }

        Append(message.current.WrittenMemory);
    }

    /// <summary>Writes whole numbers, packed.</summary>
    public void WritePacked(int field, IReadOnlyList<long> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        ProtoWriter packed = new();
        foreach (var value in values)
        {
            packed.Varint((ulong)value);
        }

        Write(field, packed);
    }

    /// <summary>All that was written.</summary>
    /// <exception cref="FlamaException">It is larger than a protobuf message can be, 2 GiB (<see cref="ErrorCodes.LimitExceeded"/>).</exception>
    public byte[] ToArray()
    {
        if (Length > Array.MaxLength)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded, $"The graph has {Length} bytes; at most {Array.MaxLength} can be in one file.", "Keep large weights in files beside it.");
        }

        var all = GC.AllocateUninitializedArray<byte>((int)Length);
        var position = 0;
        foreach (var part in parts.Append(current.WrittenMemory))
        {
            part.Span.CopyTo(all.AsSpan(position));
            position += part.Length;
        }

        return all;
    }

    private void Tag(int field, WireType wire) => Varint(((ulong)field << 3) | (uint)wire);

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Reserve(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Reserve(1)[0] = (byte)value;
    }

    /// <summary>Writes fields that are encoded already; they must not change until the whole is written.</summary>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= Copied)
        {
            bytes.Span.CopyTo(Reserve(bytes.Length));
            return;
        }

        if (current.WrittenCount > 0)
        {
            parts.Add(current.WrittenMemory);
            current = new ArrayBufferWriter<byte>(64);
        }

        parts.Add(bytes);
        Length += bytes.Length;
    }

    private Span<byte> Reserve(int count)
    {
        if (count == 0)
        {
            return [];
        }

        var span = current.GetSpan(count)[..count];
        current.Advance(count);
        Length += count;
        return span;
    }
}
