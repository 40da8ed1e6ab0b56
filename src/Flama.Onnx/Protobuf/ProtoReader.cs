using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Flama.Onnx.Protobuf;

/// <summary>Reads the fields of one protobuf message. Nothing is copied: bytes are slices of the message.</summary>
/// <remarks>Bounded: a length is compared with what is there before anything is made of it. Groups, which no known model has, are refused.</remarks>
/// <param name="message">The message.</param>
/// <param name="name">What it is part of, for messages.</param>
/// <param name="origin">Where the message begins in that, for messages.</param>
internal ref struct ProtoReader(ReadOnlyMemory<byte> message, string name, long origin = 0)
{
    private const int LongestVarint = 10;

    private readonly ReadOnlySpan<byte> span = message.Span;
    private int position;
    private ulong seen;

    /// <summary>The number of the field that <see cref="Next()"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>The layout of its value.</summary>
    public WireType Wire { get; private set; }

    /// <summary>Where the value of the field begins in the whole.</summary>
    public readonly long Offset => origin + position;

    /// <summary>Goes to the next field; false at the end of the message.</summary>
    /// <exception cref="FlamaException">The message is damaged.</exception>
    public bool Next()
    {
        if (position == span.Length)
        {
            return false;
        }

        var tag = ReadVarint();
        if (tag >> 3 is 0 or > 0x1FFFFFFF)
        {
            throw Corrupt($"field number {tag >> 3}");
        }

        Field = (int)(tag >> 3);
        Wire = (WireType)(tag & 7);
        return Wire is WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32 ? true : throw Corrupt($"wire type {tag & 7}");
    }

    /// <summary>Goes to the next field of a message some of whose fields may be there only once.</summary>
    /// <param name="singular">These fields, as bits by their number.</param>
    /// <exception cref="FlamaException">The message is damaged, or has such a field again.</exception>
    public bool Next(ulong singular)
    {
        if (!Next())
        {
            return false;
        }

        var bit = Field < 64 ? (1UL << Field) & singular : 0;
        if ((seen & bit) != 0)
        {
            throw Corrupt($"field {Field} is there twice");
        }

        seen |= bit;
        return true;
    }

    /// <summary>Reads a number of seven bits a byte.</summary>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var i = 0; i < LongestVarint; i++)
        {
            if (position == span.Length)
            {
                throw Truncated("inside a number");
            }

            var part = span[position++];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Corrupt("a number of more than 10 bytes");
    }

    /// <summary>Reads the field as a whole number.</summary>
    public long ReadLong() => Expect(WireType.Varint) ? (long)ReadVarint() : 0;

    /// <summary>Reads the field as a float32.</summary>
    public float ReadFloat() => Expect(WireType.Fixed32) ? BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float))) : 0;

    /// <summary>Reads the field as a float64.</summary>
    public double ReadDouble() => Expect(WireType.Fixed64) ? BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double))) : 0;

    /// <summary>Reads the field as bytes, which are not copied.</summary>
    public ReadOnlyMemory<byte> ReadBytes()
    {
        Expect(WireType.Bytes);
        var length = ReadVarint();
        if (length > (ulong)(span.Length - position))
        {
            throw Truncated($"a field of {length} bytes, of which {span.Length - position} are there");
        }

        var start = position;
        position += (int)length;
        return message.Slice(start, (int)length);
    }

    /// <summary>Reads the field as UTF-8 text.</summary>
    /// <exception cref="FlamaException">It is not UTF-8.</exception>
    public string ReadText()
    {
        var bytes = ReadBytes().Span;
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Corrupt("text that is not UTF-8");
    }

    /// <summary>Opens the field as a message.</summary>
    public ProtoReader ReadMessage()
    {
        var bytes = ReadBytes();
        return new(bytes, name, Offset - bytes.Length);
    }

    /// <summary>Reads the field, packed or not, into a list of whole numbers.</summary>
    public void ReadLongs(List<long> values)
    {
        if (Wire == WireType.Varint)
        {
            values.Add((long)ReadVarint());
            return;
        }

        var packed = ReadMessage();
        while (packed.position < packed.span.Length)
        {
            values.Add((long)packed.ReadVarint());
        }
    }

    /// <summary>Passes over the field.</summary>
    public void Skip()
    {
        switch (Wire)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Bytes:
                ReadBytes();
                break;
            default:
                Take(Wire == WireType.Fixed64 ? sizeof(long) : sizeof(int));
                break;
        }
    }

    /// <summary>The failure of a message that contradicts itself here.</summary>
    public readonly FlamaException Corrupt(string what) =>
        new(ErrorCodes.Corrupt, $"'{name}' is damaged: {what} at byte {Offset}.", "Copy or download the file again.");

    private readonly FlamaException Truncated(string what) =>
        new(ErrorCodes.Truncated, $"'{name}' ends too early: {what} at byte {Offset}.", "Copy or download the file again.");

    private readonly bool Expect(WireType wire) => Wire == wire ? true : throw Corrupt($"field {Field} is laid out as {Wire}, not as {wire},");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > span.Length - position)
        {
            throw Truncated("inside a number");
        }

        position += count;
        return span.Slice(position - count, count);
    }
}
