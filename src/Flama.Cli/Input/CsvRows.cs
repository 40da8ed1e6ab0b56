using System.Text.Json;

namespace Flama.Cli.Input;

/// <summary>Rows of comma-separated values: by position, or by name where a header is there and the model knows names.</summary>
internal sealed class CsvRows : RowSource
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    private readonly CsvRecords records;
    private readonly TableSpec signature;
    private readonly bool[] isText;
    private readonly bool[] isNumber;
    private readonly bool? hasHeader;
    private int[]? columns;
    private byte[][]? names;
    private int? width;
    private bool isStarted;

    /// <summary>Starts at the beginning of the input.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="signature">What rows the model takes.</param>
    /// <param name="hasHeader">Whether the first record names the columns; null to find out.</param>
    public CsvRows(InputBuffer input, TableSpec signature, bool? hasHeader)
        : base(input)
    {
        records = new CsvRecords(input);
        this.signature = signature;
        this.hasHeader = hasHeader;
        isText = [.. signature.Features.Select(IsAlwaysText)];
        isNumber = [.. signature.Features.Select(feature => feature.Kind == FeatureKind.Number)];
    }

    /// <inheritdoc/>
    public override string PlaceName => "Line";

    /// <inheritdoc/>
    public override void Read(RowChunk chunk)
    {
        while (!chunk.IsFull)
        {
            if (!isStarted)
            {
                Input.FillTo(ByteOrderMark.Length);
                Input.Consume(Input.Window.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
            }

            if (!records.TryRead(out var length))
            {
                return;
            }

            if (isStarted || !TryReadHeader())
            {
                AddRow(chunk);
            }

            isStarted = true;
            records.Consume(length);
        }
    }

    private bool TryReadHeader()
    {
        if (!(hasHeader ?? CsvHeader.IsHeader(records, signature)))
        {
            return false;
        }

        var header = Enumerable.Range(0, records.Count).Select(cell => records.TextOf(cell).Trim()).ToList();
        columns = CsvHeader.Columns(header, signature);
        width = header.Count;
        names = signature.RowForm == RowForm.Record
            ? [.. header.Select(name => System.Text.Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name)}\":"))]
            : null;
        return true;
    }

    private void AddRow(RowChunk chunk)
    {
        if (records.IsBroken)
        {
            chunk.AddFault(records.Line, "opens a quotation mark that is never closed.");
        }
        else if (width is { } expected && records.Count != expected)
        {
            chunk.AddFault(records.Line, $"has {records.Count} values, the header has {expected}.");
        }
        else
        {
            chunk.Begin();
            WriteRow(chunk);
            chunk.End(records.Line);
        }
    }

    private void WriteRow(RowChunk chunk)
    {
        if (signature.RowForm == RowForm.Document && (columns?.Length ?? records.Count) == 1)
        {
            CsvCells.Write(records[columns?[0] ?? 0], isQuoted: records.IsQuoted(columns?[0] ?? 0), isText: true, isNumber: false, chunk);
            return;
        }

        chunk.Append(names is null ? "["u8 : "{"u8);
        var count = columns?.Length ?? records.Count;
        for (var i = 0; i < count; i++)
        {
            var cell = columns?[i] ?? i;
            chunk.Append(i > 0 ? ","u8 : default);
            chunk.Append(names is null ? default : names[i]);
            CsvCells.Write(records[cell], records.IsQuoted(cell), i < isText.Length && isText[i], i < isNumber.Length && isNumber[i], chunk);
        }

        chunk.Append(names is null ? "]"u8 : "}"u8);
    }

    // Known categories that are all text make digits text as well.
    private static bool IsAlwaysText(Feature feature) =>
        feature.Kind == FeatureKind.Text
        || (feature.Kind == FeatureKind.Any && feature.Categories.Count > 0 && feature.Categories.All(category => category.Kind is ScalarKind.Text or ScalarKind.Null));
}
