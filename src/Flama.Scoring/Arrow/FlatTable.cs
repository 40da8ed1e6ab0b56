using System.Buffers.Binary;
using System.Text;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Arrow;

/// <summary>A table in bytes that FlatBuffers wrote; every position is checked before it is read.</summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly TableErrors errors;
    private readonly int position;
    private readonly int fields;
    private readonly int fieldsLength;

    private FlatTable(ReadOnlySpan<byte> bytes, long position, TableErrors errors)
    {
        this.bytes = bytes;
        this.errors = errors;
        this.position = Check(position, sizeof(int));
        fields = Check(position - BinaryPrimitives.ReadInt32LittleEndian(bytes[this.position..]), 2 * sizeof(ushort));
        fieldsLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[fields..]);
        Check(fields, fieldsLength);
    }

    /// <summary>The table that a message begins with.</summary>
    /// <exception cref="FlamaException">It is none.</exception>
    public static FlatTable Root(ReadOnlySpan<byte> bytes, TableErrors errors) =>
        bytes.Length >= sizeof(int) ? new(bytes, BinaryPrimitives.ReadUInt32LittleEndian(bytes), errors) : throw errors.Corrupt("a message is empty");

    /// <summary>Whether a field is there.</summary>
    public bool Has(int field) => Find(field, 0) >= 0;

    /// <summary>A byte or boolean.</summary>
    public byte Byte(int field, byte absent = 0) => Find(field, 1) is >= 0 and var at ? bytes[at] : absent;

    /// <summary>An integer of 16 bits.</summary>
    public short Int16(int field, short absent = 0) => Find(field, sizeof(short)) is >= 0 and var at ? BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]) : absent;

    /// <summary>An integer of 32 bits.</summary>
    public int Int32(int field, int absent = 0) => Find(field, sizeof(int)) is >= 0 and var at ? BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]) : absent;

    /// <summary>An integer of 64 bits.</summary>
    public long Int64(int field, long absent = 0) => Find(field, sizeof(long)) is >= 0 and var at ? BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]) : absent;

    /// <summary>A text; null where it is not there.</summary>
    public string? Text(int field)
    {
        var at = Find(field, sizeof(int));
        return at < 0 ? null : Encoding.UTF8.GetString(Vector(at, 1, out _));
    }

    /// <summary>A table in this one.</summary>
    /// <exception cref="FlamaException">It is not there.</exception>
    public FlatTable Table(int field) => Find(field, sizeof(int)) is >= 0 and var at
        ? new(bytes, Follow(at), errors)
        : throw errors.Corrupt("a message lacks what it must have");

    /// <summary>The bytes of a list of structs; empty where it is not there.</summary>
    /// <param name="field">The field.</param>
    /// <param name="size">The bytes of a struct.</param>
    public ReadOnlySpan<byte> Structs(int field, int size) => Find(field, sizeof(int)) is >= 0 and var at ? Vector(at, size, out _) : [];

    /// <summary>The number of tables in a list; 0 where it is not there.</summary>
    public int Count(int field) => Find(field, sizeof(int)) is >= 0 and var at ? Vector(at, sizeof(int), out _).Length / sizeof(int) : 0;

    /// <summary>A table in a list.</summary>
    public FlatTable Item(int field, int index)
    {
        Vector(Find(field, sizeof(int)), sizeof(int), out var start);
        return new(bytes, Follow(start + (index * sizeof(int))), errors);
    }

    private int Find(int field, int size)
    {
        var slot = 2 * sizeof(ushort) + (field * sizeof(ushort));
        if (slot + sizeof(ushort) > fieldsLength)
        {
            return -1;
        }

        var offset = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(fields + slot)..]);
        return offset == 0 ? -1 : Check((long)position + offset, size);
    }

    private long Follow(int at) => at + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private ReadOnlySpan<byte> Vector(int at, int size, out int start)
    {
        var head = Check(Follow(at), sizeof(int));
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[head..]) * size;
        start = Check((long)head + sizeof(int), length);
        return bytes.Slice(start, (int)length);
    }

    private int Check(long at, long length) =>
        at >= 0 && length >= 0 && at <= bytes.Length - length ? (int)at : throw errors.Corrupt("a message points outside itself");
}
