namespace Flama.Scoring.Input;

/// <summary>Rows of comma-separated values: by position, or by name where a header is there and the model knows names.</summary>
internal sealed class CsvRows(InputBuffer input, TableSpec spec, ScoringOptions options) : RowSource(input)
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    private readonly CsvRecords records = new();
    private bool isMarkSkipped;
    private bool isStarted;

    /// <inheritdoc/>
    public override string PositionName => "Line";

    /// <inheritdoc/>
    public override RowChunk NewChunk(TableSpec spec) => new CsvChunk(spec);

    /// <inheritdoc/>
    protected override bool TryFill(RowChunk chunk)
    {
        if (!isMarkSkipped && !TrySkipMark())
        {
            return false;
        }

        var rows = (CsvChunk)chunk;
        while (!chunk.IsFull)
        {
            var window = Input.Window;
            switch (records.TryRead(window, Input.IsComplete, out var length))
            {
                case CsvRecords.Found.End:
                    return true;
                case CsvRecords.Found.NeedsMore:
                    Input.Consume(length);
                    return false;
            }

            if (isStarted || !TryReadHeader(window, rows))
            {
                rows.Add(records, window);
            }

            isStarted = true;
            Input.Consume(length);
        }

        return true;
    }

    private bool TrySkipMark()
    {
        if (Input.Window.Length < ByteOrderMark.Length && !Input.IsComplete)
        {
            return false;
        }

        Input.Consume(Input.Window.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
        isMarkSkipped = true;
        return true;
    }

    private bool TryReadHeader(ReadOnlySpan<byte> window, CsvChunk rows)
    {
        List<string> cells = [];
        for (var i = 0; i < records.Count; i++)
        {
            cells.Add(records.TextOf(window, i));
        }

        if (!(options.HasHeader ?? CsvHeader.IsHeader(cells, spec)))
        {
            return false;
        }

        List<string> header = [.. cells.Select(cell => cell.Trim())];
        rows.SetHeader(header, CsvHeader.Columns(header, spec));
        return true;
    }
}
