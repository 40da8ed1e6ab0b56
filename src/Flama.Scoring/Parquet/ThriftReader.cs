using System.Text;

namespace Flama.Scoring.Parquet;

/// <summary>
/// Reads structs in Thrift's compact protocol. Nothing throws: what is wrong, or not there yet, sets <see cref="Failed"/>, and everything read after it is zero.
/// </summary>
/// <param name="bytes">Begins with a struct.</param>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int Stop = 0, True = 1, False = 2, I8 = 3, I16 = 4, I64 = 6, F64 = 7, Binary = 8, List = 9, Set = 10, Map = 11, Struct = 12, Uuid = 13;
    private const int MaxDepth = 32;
    private const int LongForm = 15;

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int type;

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the bytes are not what they should be, or too few.</summary>
    public bool Failed { get; private set; }

    /// <summary>Goes to the next field of a struct; false at its end.</summary>
    /// <param name="field">The number of the last field, 0 before the first; becomes that of the next.</param>
    public bool NextField(ref int field)
    {
        var head = ReadByte();
        type = head & 0xF;
        if (Failed || type == Stop)
        {
            return false;
        }

        field = head >> 4 == 0 ? (int)ReadZigzag() : field + (head >> 4);
        return !Failed;
    }

    /// <summary>The boolean of the field.</summary>
    public readonly bool ReadBoolean() => type == True;

    /// <summary>The integer of the field.</summary>
    public long ReadInteger()
    {
        if (type == I8)
        {
            return (sbyte)ReadByte();
        }

        return type is >= I16 and <= I64 ? ReadZigzag() : Fail();
    }

    /// <summary>The integer of the field, within 32 bits.</summary>
    public int ReadInt32()
    {
        var value = ReadInteger();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : (int)Fail();
    }

    /// <summary>The text of the field.</summary>
    public string ReadText()
    {
        if (type != Binary)
        {
            Fail();
            return "";
        }

        return Encoding.UTF8.GetString(Take(ReadVarint()));
    }

    /// <summary>Begins the struct of the field; false where it is something else.</summary>
    public bool BeginStruct() => type == Struct || Fail() != 0;

    /// <summary>Begins the list of structs of the field.</summary>
    /// <returns>How many there are: no more than bytes are left.</returns>
    public int BeginStructs()
    {
        if (type != List)
        {
            return (int)Fail();
        }

        var (element, count) = ReadListHead();
        return count == 0 || element == Struct ? count : (int)Fail();
    }

    /// <summary>Passes over the value of the field.</summary>
    public void Skip() => Skip(type, isElement: false, 0);

    private void Skip(int what, bool isElement, int depth)
    {
        if (depth > MaxDepth)
        {
            Fail();
            return;
        }

        switch (what)
        {
            case True or False:
                Take(isElement ? 1UL : 0);
                break;
            case I8:
                Take(1);
                break;
            case >= I16 and <= I64:
                ReadVarint();
                break;
            case F64:
                Take(8);
                break;
            case Binary:
                Take(ReadVarint());
                break;
            case List or Set:
                var (element, count) = ReadListHead();
                for (var i = 0; i < count && !Failed; i++)
                {
                    Skip(element, isElement: true, depth + 1);
                }

                break;
            case Map:
                SkipMap(depth);
                break;
            case Struct:
                for (var field = 0; NextField(ref field);)
                {
                    Skip(type, isElement: false, depth + 1);
                }

                break;
            case Uuid:
                Take(16);
                break;
            default:
                Fail();
                break;
        }
    }

    private void SkipMap(int depth)
    {
        var count = ReadVarint();
        if (count == 0)
        {
            return;
        }

        var types = ReadByte();
        for (ulong i = 0; i < count && !Failed; i++)
        {
            Skip(types >> 4, isElement: true, depth + 1);
            Skip(types & 0xF, isElement: true, depth + 1);
        }
    }

    // Every element takes a byte at least.
    private (int Element, int Count) ReadListHead()
    {
        var head = ReadByte();
        var count = head >> 4 == LongForm ? ReadVarint() : (ulong)(head >> 4);
        return count <= (ulong)(bytes.Length - Position) ? (head & 0xF, (int)count) : (0, (int)Fail());
    }

    private byte ReadByte()
    {
        if (Position < bytes.Length && !Failed)
        {
            return bytes[Position++];
        }

        Failed = true;
        return 0;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (Failed || count > (ulong)(bytes.Length - Position))
        {
            Failed = true;
            return [];
        }

        Position += (int)count;
        return bytes.Slice(Position - (int)count, (int)count);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return Failed ? 0 : value;
            }
        }

        return (ulong)Fail();
    }

    private long ReadZigzag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private long Fail()
    {
        Failed = true;
        return 0;
    }
}
