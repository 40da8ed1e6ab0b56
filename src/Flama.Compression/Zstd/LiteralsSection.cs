using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>Decodes the literals of a compressed block, and keeps the Huffman code for blocks that reuse it.</summary>
internal sealed class LiteralsSection(CompressedInput errors)
{
    private readonly HuffmanTable table = new(errors);
    private readonly HuffmanStreams streams = new(errors);
    private byte[] own = [];
    private bool hasTable;

    private enum LiteralsType
    {
        Raw,
        Repeated,
        Compressed,
        Treeless,
    }

    /// <summary>The array that holds the literals, with <see cref="HistoryWindow.Slop"/> bytes after them.</summary>
    public byte[] Source { get; private set; } = [];

    /// <summary>Where the literals start in <see cref="Source"/>.</summary>
    public int Start { get; private set; }

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets the code of the frame before.</summary>
    public void Begin() => hasTable = false;

    /// <summary>Decodes the section.</summary>
    /// <param name="block">The block, with margins on both sides.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="most">The largest number of literals.</param>
    /// <returns>Where the section ends.</returns>
    public int Decode(byte[] block, int start, int end, int most)
    {
        var header = block[start] | ((ulong)block[start + 1] << 8) | ((ulong)block[start + 2] << 16)
            | ((ulong)block[start + 3] << 24) | ((ulong)block[start + 4] << 32);
        var type = (LiteralsType)(header & 3);
        var format = (int)(header >> 2) & 3;
        return type is LiteralsType.Raw or LiteralsType.Repeated
            ? DecodeSimple(block, start, end, most, header, type, format)
            : DecodeCoded(block, start, end, most, header, type, format);
    }

    private int DecodeSimple(byte[] block, int start, int end, int most, ulong header, LiteralsType type, int format)
    {
        var (headerSize, length) = format switch
        {
            1 => (2, (int)(header >> 4) & 0xFFF),
            3 => (3, (int)(header >> 4) & 0xFFFFF),
            _ => (1, (int)(header >> 3) & 0x1F),
        };
        var stored = type == LiteralsType.Raw ? length : 1;
        start += headerSize;
        CheckSizes(length, most, stored, end - start);
        if (type == LiteralsType.Raw)
        {
            (Source, Start, Length) = (block, start, length);
        }
        else
        {
            UseOwn(length);
            own.AsSpan(0, length).Fill(block[start]);
        }

        return start + stored;
    }

    private int DecodeCoded(byte[] block, int start, int end, int most, ulong header, LiteralsType type, int format)
    {
        var (headerSize, sizeBits) = format switch
        {
            2 => (4, 14),
            3 => (5, 18),
            _ => (3, 10),
        };
        var length = (int)(header >> 4) & ((1 << sizeBits) - 1);
        var stored = (int)(header >> (4 + sizeBits)) & ((1 << sizeBits) - 1);
        start += headerSize;
        CheckSizes(length, most, stored, end - start);
        end = start + stored;
        if (type == LiteralsType.Compressed)
        {
            hasTable = false;
            start = table.Read(block, start, end);
            hasTable = true;
        }
        else if (!hasTable)
        {
            throw errors.Corrupt("a block reuses a Huffman code and there is none");
        }

        UseOwn(length);
        if (format == 0)
        {
            streams.DecodeOne(table.Entries, block, start, end, own.AsSpan(0, length));
        }
        else
        {
            streams.DecodeFour(table.Entries, block, start, end, own.AsSpan(0, length));
        }

        return end;
    }

    private void CheckSizes(int length, int most, int stored, int available)
    {
        if (length > most)
        {
            throw errors.Corrupt($"{length} literals are more than a block of {most} bytes can have");
        }

        if (stored > available)
        {
            throw errors.Corrupt("the literals are longer than their block");
        }
    }

    private void UseOwn(int length)
    {
        if (own.Length < length + HistoryWindow.Slop)
        {
            own = GC.AllocateUninitializedArray<byte>(Math.Max(length, own.Length * 2) + HistoryWindow.Slop);
        }

        (Source, Start, Length) = (own, 0, length);
    }
}
