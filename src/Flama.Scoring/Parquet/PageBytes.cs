using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>Reads the bytes of a page one part after the other.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="errors">Tells what is wrong.</param>
internal ref struct PageBytes(ReadOnlySpan<byte> bytes, TableErrors errors)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>The next bytes.</summary>
    /// <exception cref="FlamaException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > bytes.Length - Position)
        {
            throw errors.Corrupt("a page ends before its last cell");
        }

        Position += (int)count;
        return bytes.Slice(Position - (int)count, (int)count);
    }

    /// <summary>A number in groups of seven bits.</summary>
    /// <exception cref="FlamaException">It does not end, or has more than 64 bits.</exception>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw errors.Corrupt("a number in a page does not end");
    }

    /// <summary>A number whose lowest bit is its sign.</summary>
    /// <inheritdoc cref="ReadVarint"/>
    public long ReadZigzag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
