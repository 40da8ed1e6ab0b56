namespace Flama.Processing.Images.Jpeg;

/// <summary>The codes of one Huffman table. Immutable.</summary>
internal sealed class HuffmanTable
{
    /// <summary>Codes up to this many bits are looked up at once.</summary>
    public const int LookupBits = 9;

    private const int MaxBits = 16;

    private readonly byte[] symbols;
    private readonly int[] maxCode = new int[MaxBits + 2];
    private readonly int[] offset = new int[MaxBits + 1];

    /// <summary>By the next bits: the length of the code in the upper byte and its symbol in the lower; 0 where the code is longer.</summary>
    private readonly ushort[] lookup = new ushort[1 << LookupBits];

    /// <summary>Makes the table.</summary>
    /// <param name="counts">How many codes there are of each length, 1 to 16.</param>
    /// <param name="symbols">What they stand for, shortest first.</param>
    /// <exception cref="FlamaException">The lengths are not those of a code.</exception>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        this.symbols = symbols.ToArray();
        var (code, index) = (0, 0);
        for (var length = 1; length <= MaxBits; length++)
        {
            offset[length] = index - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (length <= LookupBits && code < 1 << length)
                {
                    var first = code << (LookupBits - length);
                    lookup.AsSpan(first, 1 << (LookupBits - length)).Fill((ushort)((length << 8) | symbols[index]));
                }
            }

            if (code > 1 << length)
            {
                throw ImageFault.Corrupt("JPEG", "a table of codes contradicts itself");
            }

            maxCode[length] = counts[length - 1] > 0 ? code - 1 : -1;
            code <<= 1;
        }

        maxCode[MaxBits + 1] = int.MaxValue;
    }

    /// <summary>Reads the next symbol.</summary>
    public int Read(ref JpegBits bits)
    {
        var entry = lookup[bits.Peek(LookupBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 0xFF;
        }

        var all = bits.Peek(MaxBits);
        for (var length = LookupBits + 1; length <= MaxBits; length++)
        {
            var code = all >> (MaxBits - length);
            if (code <= maxCode[length] && offset[length] + code is >= 0 and var index && index < symbols.Length)
            {
                bits.Skip(length);
                return symbols[index];
            }
        }

        throw ImageFault.Corrupt("JPEG", "a code of its pixels is not in its table");
    }
}
