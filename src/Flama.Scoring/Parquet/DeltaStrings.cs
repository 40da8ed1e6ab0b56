namespace Flama.Scoring.Parquet;

/// <summary>Texts whose lengths stand before them, and texts that share beginnings (DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY of Parquet).</summary>
internal static class DeltaStrings
{
    private const int MaxLength = 1 << 24;

    /// <summary>Texts after all their lengths.</summary>
    /// <param name="bytes">Begins with the lengths.</param>
    /// <param name="column">Makes the cells.</param>
    /// <param name="most">How many there are at most.</param>
    /// <exception cref="FlamaException">They contradict the format.</exception>
    public static Scalar[] Read(ReadOnlyMemory<byte> bytes, ParquetCells column, int most)
    {
        var lengths = DeltaIntegers.Read(bytes.Span, most, column.Errors, out var used);
        PageBytes reader = new(bytes.Span[used..], column.Errors);
        var cells = new Scalar[lengths.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = column.OfBytes(reader.Take(lengths[i]));
        }

        return cells;
    }

    /// <summary>Texts that begin with so much of the one before.</summary>
    /// <inheritdoc cref="Read"/>
    public static Scalar[] ReadPrefixed(ReadOnlyMemory<byte> bytes, ParquetCells column, int most)
    {
        var prefixes = DeltaIntegers.Read(bytes.Span, most, column.Errors, out var used);
        var lengths = DeltaIntegers.Read(bytes.Span[used..], most, column.Errors, out var more);
        if (lengths.Length != prefixes.Length)
        {
            throw column.Errors.Corrupt("a page has more beginnings of texts than ends");
        }

        PageBytes reader = new(bytes.Span[(used + more)..], column.Errors);
        var cells = new Scalar[lengths.Length];
        byte[] text = [];
        var length = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var end = reader.Take(lengths[i]);
            if (prefixes[i] < 0 || prefixes[i] > length || prefixes[i] + end.Length > MaxLength)
            {
                throw column.Errors.Corrupt("a text in a page begins with more than the one before");
            }

            length = (int)prefixes[i] + end.Length;
            if (length > text.Length)
            {
                Array.Resize(ref text, Math.Max(length, 2 * text.Length));
            }

            column.ClaimBytes(2L * length);
            end.CopyTo(text.AsSpan((int)prefixes[i]));
            cells[i] = column.OfBytes(text.AsSpan(0, length));
        }

        return cells;
    }
}
