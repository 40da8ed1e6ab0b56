using System.Runtime.CompilerServices;

namespace Flama.Scoring.Input;

/// <summary>Rows of comma-separated values: by position, or by name where a header is there and the model knows names.</summary>
/// <remarks>Here the text is only cut into records; chunks take those apart, on whichever thread scores them.</remarks>
internal sealed class CsvRows(InputBuffer input, TableSpec spec, ScoringOptions options) : TextRows(input)
{
    private readonly CsvRecords records = new();
    private CsvLayout? layout;
    private bool isMarkSkipped;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <inheritdoc/>
    public override string PositionName => "Line";

    /// <inheritdoc/>
    public override RowChunk NewChunk() => new CsvChunk();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool TryFill(RowChunk chunk)
    {
        if (!isMarkSkipped && !TrySkipMark())
        {
            return false;
        }

        var rows = (CsvChunk)chunk;
        var window = Input.Window;
        var position = 0;
        var isDone = true;
        while (!rows.IsFull)
        {
            var found = records.TryFind(window[position..], Input.IsComplete, out var start, out var length);
            if (found != CsvRecords.Found.Record)
            {
                isDone = found == CsvRecords.Found.End;
                position += length;
                break;
            }

            var record = window.Slice(position + start, length - start);
            if (layout is not null && !rows.Fits(record, layout))
            {
                records.PutBack();
                position += start;
                break;
            }

            if (layout is not null || !TryReadHeader(record))
            {
                rows.Add(records, record, layout!);
            }

            position += length;
        }

        Input.Consume(position);
        return isDone;
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

    private bool TryReadHeader(ReadOnlySpan<byte> record)
    {
        records.Split(record);
        List<string> cells = [];
        for (var i = 0; i < records.Count; i++)
        {
            cells.Add(records.TextOf(record, i));
        }

        var header = CsvHeader.Read(cells, spec, options);
        layout = CsvLayout.Of(spec, records.Separator, header, cells.Count);
        return header is not null;
    }
}
