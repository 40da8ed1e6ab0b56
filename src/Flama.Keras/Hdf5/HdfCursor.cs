using System.Buffers.Binary;
using System.Text;

namespace Flama.Keras.Hdf5;

/// <summary>Reads numbers of an HDF5 file one after another; never past its end.</summary>
internal ref struct HdfCursor
{
    private readonly ReadOnlySpan<byte> span;
    private readonly HdfFile file;

    /// <summary>Begins at an address of the file.</summary>
    public HdfCursor(HdfFile file, ulong address)
        : this(file, file.From(address).Span)
    {
    }

    /// <summary>Begins at the start of some bytes of the file.</summary>
    public HdfCursor(HdfFile file, ReadOnlySpan<byte> span)
    {
        this.file = file;
        this.span = span;
    }

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => span.Length - Position;

    public byte Byte() => Take(1)[0];

    public int Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint Int() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>An address or a length: eight bytes.</summary>
    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number of as many bytes, 1 to 8.</summary>
    public ulong Number(int bytes)
    {
        ulong value = 0;
        var taken = Take(bytes);
        for (var i = 0; i < taken.Length; i++)
        {
            value |= (ulong)taken[i] << (8 * i);
        }

        return value;
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw file.Truncated();
        }

        Position += count;
        return span.Slice(Position - count, count);
    }

    public void Skip(int count) => Take(count);

    /// <summary>Passes over what fills up to a multiple of eight, as far as it is there.</summary>
    public void Align() => Position = Math.Min(span.Length, (Position + 7) & ~7);

    /// <summary>Reads four letters.</summary>
    public void Expect(ReadOnlySpan<byte> signature)
    {
        var found = Take(signature.Length);
        if (!found.SequenceEqual(signature))
        {
            throw file.Corrupt($"'{Encoding.ASCII.GetString(signature)}' is not where it should be");
        }
    }
}
