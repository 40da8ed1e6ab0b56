namespace Flama.Processing.Images.Jpeg;

/// <summary>The tables that segments of a JPEG define, as they stand at a place of the file.</summary>
internal sealed class JpegTables
{
    private readonly ushort[]?[] quantization = new ushort[4][];
    private readonly HuffmanTable?[] codes = new HuffmanTable[8];

    /// <summary>After how many units a restart marker comes; 0 for none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>A table of factors, in the order of a block's rows.</summary>
    public ushort[] Quantization(int number) => quantization[number] ?? throw Missing();

    /// <summary>A table of codes.</summary>
    /// <param name="kind">0 for DC, 1 for AC.</param>
    /// <param name="number">Its number.</param>
    public HuffmanTable Codes(int kind, int number) => (number < 4 ? codes[(kind * 4) + number] : null) ?? throw Missing();

    public void DefineQuantization(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (number, size) = (segment[0] & 15, segment[0] >> 4 == 0 ? 1 : 2);
            if (number > 3 || segment[0] >> 4 > 1 || segment.Length < 1 + (64 * size))
            {
                throw ImageFault.Corrupt("JPEG", "a table of factors is not sound");
            }

            var table = new ushort[64];
            for (var i = 0; i < 64; i++)
            {
                table[BlockDecoder.Order[i]] = size == 1 ? segment[1 + i] : (ushort)((segment[1 + (2 * i)] << 8) | segment[2 + (2 * i)]);
            }

            quantization[number] = table;
            segment = segment[(1 + (64 * size))..];
        }
    }

    public void DefineCodes(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (kind, number) = (segment[0] >> 4, segment[0] & 15);
            var count = 0;
            for (var i = 1; i <= 16 && segment.Length > 16; i++)
            {
                count += segment[i];
            }

            if (kind > 1 || number > 3 || segment.Length < 17 + count || count > 256)
            {
                throw ImageFault.Corrupt("JPEG", "a table of codes is not sound");
            }

            codes[(kind * 4) + number] = new HuffmanTable(segment.Slice(1, 16), segment.Slice(17, count));
            segment = segment[(17 + count)..];
        }
    }

    public void DefineRestarts(ReadOnlySpan<byte> segment) =>
        RestartInterval = segment.Length == 2 ? (segment[0] << 8) | segment[1] : throw ImageFault.Corrupt("JPEG", "a segment has another length");

    private static FlamaException Missing() => ImageFault.Corrupt("JPEG", "a table is not there");
}
