namespace Flama.Cli.Input;

/// <summary>Tells how an input is written, by its file's name and its first bytes.</summary>
internal static class RowSources
{
    /// <summary>An input that ends within so many bytes is read as one document, which gives the best messages.</summary>
    public const int SmallInput = 1 << 20;

    private static readonly Dictionary<string, RowsFormat> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = RowsFormat.Csv,
        [".tsv"] = RowsFormat.Csv,
        [".ndjson"] = RowsFormat.NdJson,
        [".jsonl"] = RowsFormat.NdJson,
    };

    /// <summary>The format that a file's name tells; null when it tells none.</summary>
    public static RowsFormat? OfName(string? path) =>
        path is not null && Endings.TryGetValue(Path.GetExtension(path), out var format) ? format : null;

    /// <summary>The format of an input by its beginning.</summary>
    public static RowsFormat OfContent(InputBuffer input, TableSpec signature)
    {
        var first = FirstLine(input, out var hasMore);
        if (first.IsEmpty || IsWide(input.Window))
        {
            return RowsFormat.Json;
        }

        return first[0] switch
        {
            (byte)'[' or (byte)'{' => hasMore && JsonScan.IsOneValue(first) ? RowsFormat.NdJson : RowsFormat.Json,
            (byte)'"' when signature.RowForm == RowForm.Document && JsonScan.IsOneValue(first) => RowsFormat.NdJson,
            _ => first.IndexOfAny(",;\t|"u8) >= 0 || hasMore ? RowsFormat.Csv : RowsFormat.Json,
        };
    }

    /// <summary>Makes the source of rows.</summary>
    /// <param name="format">How the input is written.</param>
    /// <param name="input">The input, which the source disposes.</param>
    /// <param name="signature">What rows the model takes.</param>
    /// <param name="hasHeader">Whether the first record of comma-separated values is a header; null to find out.</param>
    public static RowSource Open(RowsFormat format, InputBuffer input, TableSpec signature, bool? hasHeader) => format switch
    {
        RowsFormat.Csv => new CsvRows(input, signature, hasHeader),
        RowsFormat.NdJson => new NdJsonRows(input, signature),
        _ => new JsonRows(input, signature),
    };

    /// <summary>Whether the input is one JSON list, so that its elements can be read one by one.</summary>
    public static bool IsList(InputBuffer input)
    {
        var first = FirstLine(input, out _);
        return !first.IsEmpty && !IsWide(input.Window) && first[0] == (byte)'[';
    }

    // UTF-16 and UTF-32 show by a mark or by zeros.
    private static bool IsWide(ReadOnlySpan<byte> text) => text is [>= 0xFE, ..] || text[..Math.Min(4, text.Length)].Contains((byte)0);

    // The first line that is not blank, or the beginning of a long one, and whether more comes after it.
    private static ReadOnlySpan<byte> FirstLine(InputBuffer input, out bool hasMore)
    {
        hasMore = false;
        while (true)
        {
            var text = input.Window;
            text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
            text = text.TrimStart(JsonScan.Spaces);
            var end = text.IndexOf((byte)'\n');
            hasMore = end >= 0 && text[end..].IndexOfAnyExcept(JsonScan.Spaces) >= 0;
            if (hasMore || input.Window.Length >= SmallInput || !input.Fill())
            {
                return (end < 0 ? text : text[..end]).TrimEnd(JsonScan.Spaces);
            }
        }
    }
}
