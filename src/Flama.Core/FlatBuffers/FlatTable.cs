using System.Buffers.Binary;

namespace Flama.FlatBuffers;

/// <summary>One table of a FlatBuffers buffer: fields by their number, each with a default where it is absent.</summary>
internal readonly struct FlatTable
{
    private const int Header = 2 * sizeof(ushort);

    private readonly FlatBuffer buffer;
    private readonly int position;
    private readonly int fields;
    private readonly int fieldsSize;
    private readonly int size;

    /// <summary>Finds the table at a position.</summary>
    /// <exception cref="FlamaException">There is none.</exception>
    public FlatTable(FlatBuffer buffer, int position)
    {
        this.buffer = buffer;
        this.position = position;
        buffer.Count(sizeof(int));
        fields = buffer.Position(position - (long)BinaryPrimitives.ReadInt32LittleEndian(buffer.Bytes(position, sizeof(int))));
        fieldsSize = BinaryPrimitives.ReadUInt16LittleEndian(buffer.Bytes(fields, Header));
        size = BinaryPrimitives.ReadUInt16LittleEndian(buffer.Bytes(fields, Header)[sizeof(ushort)..]);
        if (fieldsSize < Header || size < sizeof(int))
        {
            throw buffer.Damaged(position);
        }

        _ = buffer.Bytes(fields, fieldsSize);
        _ = buffer.Bytes(position, size);
    }

    /// <summary>Whether the field is there.</summary>
    public bool Has(int field) => Offset(field) != 0;

    /// <summary>A flag.</summary>
    public bool Flag(int field, bool absent = false) => Has(field) ? Inline(field, 1)[0] != 0 : absent;

    /// <summary>A number of 8 bits.</summary>
    public byte Byte(int field, byte absent = 0) => Has(field) ? Inline(field, 1)[0] : absent;

    /// <summary>A number of 16 bits.</summary>
    public short Int16(int field, short absent = 0) => Has(field) ? BinaryPrimitives.ReadInt16LittleEndian(Inline(field, sizeof(short))) : absent;

    /// <summary>A number of 32 bits.</summary>
    public int Int32(int field, int absent = 0) => Has(field) ? BinaryPrimitives.ReadInt32LittleEndian(Inline(field, sizeof(int))) : absent;

    /// <summary>A number of 64 bits.</summary>
    public long Int64(int field, long absent = 0) => Has(field) ? BinaryPrimitives.ReadInt64LittleEndian(Inline(field, sizeof(long))) : absent;

    /// <summary>A float32.</summary>
    public float Single(int field, float absent = 0) => Has(field) ? BinaryPrimitives.ReadSingleLittleEndian(Inline(field, sizeof(float))) : absent;

    /// <summary>A float64.</summary>
    public double Double(int field, double absent = 0) => Has(field) ? BinaryPrimitives.ReadDoubleLittleEndian(Inline(field, sizeof(double))) : absent;

    /// <summary>A text; empty where the field is absent.</summary>
    public string Text(int field) => Has(field) ? buffer.Text(Target(field)) : "";

    /// <summary>The texts of a vector; none where the field is absent.</summary>
    public string[] Texts(int field) => Has(field) ? buffer.Texts(Target(field)) : [];

    /// <summary>The elements of a vector of numbers or of structs without padding, a copy; none where the field is absent.</summary>
    public T[] Vector<T>(int field)
        where T : unmanaged => Has(field) ? buffer.Vector<T>(Target(field)) : [];

    /// <summary>The bytes of a vector of bytes; none where the field is absent.</summary>
    public ReadOnlySpan<byte> Bytes(int field) => Has(field) ? buffer.VectorBytes(Target(field), 1) : [];

    /// <summary>The bytes of a vector of structs; none where the field is absent.</summary>
    /// <param name="field">The field.</param>
    /// <param name="structSize">The bytes of a struct.</param>
    public ReadOnlySpan<byte> Structs(int field, int structSize) => Has(field) ? buffer.VectorBytes(Target(field), structSize) : [];

    /// <summary>How many tables a vector has; 0 where the field is absent.</summary>
    public int Count(int field) => Structs(field, sizeof(uint)).Length / sizeof(uint);

    /// <summary>The tables of a vector; none where the field is absent.</summary>
    public FlatTable[] Tables(int field) => Has(field) ? buffer.Tables(Target(field)) : [];

    /// <summary>A table; null where the field is absent.</summary>
    public FlatTable? Table(int field) => Has(field) ? new FlatTable(buffer, Target(field)) : null;

    /// <summary>A table that must be there.</summary>
    /// <exception cref="FlamaException">It is not.</exception>
    public FlatTable Required(int field) => Table(field) ?? throw buffer.Damaged(position);

    private int Target(int field)
    {
        _ = Inline(field, sizeof(uint));
        return buffer.Target(position + Offset(field));
    }

    private int Offset(int field)
    {
        var at = Header + (field * sizeof(ushort));
        return at + sizeof(ushort) <= fieldsSize ? BinaryPrimitives.ReadUInt16LittleEndian(buffer.Bytes(fields + at, sizeof(ushort))) : 0;
    }

    private ReadOnlySpan<byte> Inline(int field, int length)
    {
        var offset = Offset(field);
        return offset >= sizeof(int) && offset + length <= size ? buffer.Bytes(position + offset, length) : throw buffer.Damaged(position);
    }
}
