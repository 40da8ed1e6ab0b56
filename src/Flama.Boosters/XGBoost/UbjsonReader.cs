using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Flama.Boosters.XGBoost;

/// <summary>Reads UBJSON, the binary form of JSON that XGBoost writes: a type byte before each value, big-endian numbers, typed arrays.</summary>
/// <remarks>Every count is checked against the bytes that are left before memory is taken; nesting is bounded and uses no stack.</remarks>
internal ref struct UbjsonReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly DocumentBuilder builder = new();
    private readonly Stack<(bool IsObject, long Left)> open = new();
    private int at;

    private UbjsonReader(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="FlamaException">The bytes are no UBJSON, or end too early.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new UbjsonReader(bytes);
        reader.Value(reader.Byte());
        while (reader.open.TryPop(out var container))
        {
            reader.Member(container.IsObject, container.Left);
        }

        return reader.builder.Result;
    }

    // The next member of a container, or its end. Left counts the members still to come; -1 when a bracket ends them.
    private void Member(bool isObject, long left)
    {
        if (left == 0 || (left < 0 && SkipsEnd(isObject)))
        {
            builder.End();
            return;
        }

        open.Push((isObject, left < 0 ? left : left - 1));
        if (isObject)
        {
            builder.Name(Take(Count(1)));
        }

        Value(Byte());
    }

    private bool SkipsEnd(bool isObject)
    {
        if (Peek() != (isObject ? '}' : ']'))
        {
            return false;
        }

        at++;
        return true;
    }

    private void Value(byte type)
    {
        switch ((char)type)
        {
            case 'Z':
                builder.Value(null);
                break;
            case 'T':
            case 'F':
                builder.Value(type == 'T');
                break;
            case 'S':
                builder.Value(Text());
                break;
            case 'C':
                builder.Value(((char)Byte()).ToString());
                break;
            case 'H':
                builder.Number(double.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw Corrupt("a number is not one"));
                break;
            case '{':
                StartObject();
                break;
            case '[':
                StartList();
                break;
            default:
                builder.Number(Number(type));
                break;
        }
    }

    private void StartObject()
    {
        var left = -1L;
        if (Peek() == '$')
        {
            throw Corrupt("an object is of one type, which no model needs");
        }

        if (Peek() == '#')
        {
            at++;
            left = Count(2);
        }

        builder.StartObject();
        open.Push((true, left));
    }

    private void StartList()
    {
        if (Peek() == '$')
        {
            at++;
            TypedArray(Byte());
            return;
        }

        var left = -1L;
        if (Peek() == '#')
        {
            at++;
            left = Count(1);
        }

        builder.StartList();
        open.Push((false, left));
    }

    private void TypedArray(byte type)
    {
        if (Byte() != '#')
        {
            throw Corrupt("a list of one type has no count");
        }

        var size = SizeOf(type);
        var count = Count(size);
        var items = Take(count * size);
        if (!builder.IsSkipping)
        {
            builder.Value(new DocumentArray(Items(type, items)));
        }
        else
        {
            builder.Value(null);
        }
    }

    private static Array Items(byte type, ReadOnlySpan<byte> items)
    {
        switch ((char)type)
        {
            case 'd':
                var singles = new float[items.Length / sizeof(float)];
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(items), MemoryMarshal.Cast<float, int>(singles.AsSpan()));
                return singles;
            case 'D':
                var doubles = new double[items.Length / sizeof(double)];
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(items), MemoryMarshal.Cast<double, long>(doubles.AsSpan()));
                return doubles;
            case 'l':
                var integers = new int[items.Length / sizeof(int)];
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(items), integers);
                return integers;
            case 'L':
                var longs = new long[items.Length / sizeof(long)];
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(items), longs);
                return longs;
            case 'I':
                var shorts = new short[items.Length / sizeof(short)];
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, short>(items), shorts);
                return shorts;
            case 'i':
                return Array.ConvertAll(items.ToArray(), item => (short)(sbyte)item);
            default:
                return items.ToArray();
        }
    }

    private int SizeOf(byte type) => (char)type switch
    {
        'i' or 'U' => sizeof(byte),
        'I' => sizeof(short),
        'l' or 'd' => sizeof(int),
        'L' or 'D' => sizeof(long),
        _ => throw Corrupt($"a list is of type 0x{type:x2}, which is not a number"),
    };

    private double Number(byte type)
    {
        var size = SizeOf(type);
        var number = Take(size);
        return (char)type switch
        {
            'i' => (sbyte)number[0],
            'U' => number[0],
            'I' => BinaryPrimitives.ReadInt16BigEndian(number),
            'l' => BinaryPrimitives.ReadInt32BigEndian(number),
            'L' => BinaryPrimitives.ReadInt64BigEndian(number),
            'd' => BinaryPrimitives.ReadSingleBigEndian(number),
            _ => BinaryPrimitives.ReadDoubleBigEndian(number),
        };
    }

    private string Text() => Encoding.UTF8.GetString(Take(Count(1)));

    // A count of things of at least a size each, all of which must still be in the file.
    private int Count(int size)
    {
        var type = Byte();
        var count = (char)type is 'i' or 'U' or 'I' or 'l' or 'L' ? Number(type) : throw Corrupt($"a count is of type 0x{type:x2}");
        if (count < 0)
        {
            throw Corrupt("a count is negative");
        }

        return count * size <= bytes.Length - at ? (int)count : throw Truncated();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - at)
        {
            throw Truncated();
        }

        var taken = bytes.Slice(at, count);
        at += count;
        return taken;
    }

    private byte Byte() => Take(1)[0];

    private readonly char Peek() => at < bytes.Length ? (char)bytes[at] : throw Truncated();

    private readonly FlamaException Corrupt(string what) => new(
        ErrorCodes.Corrupt, $"The booster's document is damaged at byte {at}: {what}.", "Copy the file again, or save the model again.");

    private readonly FlamaException Truncated() => new(
        ErrorCodes.Truncated, $"The booster's document ends too early, at byte {bytes.Length}.", "Copy the file again, or save the model again.");
}
