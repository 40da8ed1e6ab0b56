namespace Flama.Scoring.Input;

/// <summary>Tells how an input is written by its first bytes, and makes the source of its rows.</summary>
internal static class RowSources
{
    /// <summary>An input that ends within so many bytes is read as one document, which gives the best messages.</summary>
    public const int SmallInput = 1 << 20;

    /// <summary>Whether the input is one JSON list, so that its elements can be read one by one; its first line has been read.</summary>
    public static bool IsList(InputBuffer input) => !IsWide(input.Window) && FirstLine(input.Window, out _) is [(byte)'[', ..];

    /// <summary>Makes the source of rows.</summary>
    /// <param name="format">How the input is written.</param>
    /// <param name="input">The input.</param>
    /// <param name="spec">What rows the model takes.</param>
    /// <param name="options">What else the user decided.</param>
    public static RowSource Open(RowsFormat format, InputBuffer input, TableSpec spec, ScoringOptions options) => format switch
    {
        RowsFormat.Csv => new CsvRows(input, spec, options),
        RowsFormat.NdJson => new NdJsonRows(input, spec),
        _ => new JsonRows(input, spec),
    };

    /// <summary>The format of an input by its beginning; its first line has been read.</summary>
    public static RowsFormat OfContent(InputBuffer input, TableSpec spec)
    {
        var window = input.Window;
        var first = FirstLine(window, out var hasMore);
        if (first.IsEmpty || IsWide(window))
        {
            return RowsFormat.Json;
        }

        return first[0] switch
        {
            (byte)'[' or (byte)'{' => hasMore && JsonScan.IsOneValue(first) ? RowsFormat.NdJson : RowsFormat.Json,
            (byte)'"' when spec.RowForm == RowForm.Document && JsonScan.IsOneValue(first) => RowsFormat.NdJson,
            _ => first.IndexOfAny(",;\t|"u8) >= 0 || hasMore ? RowsFormat.Csv : RowsFormat.Json,
        };
    }

    // UTF-16 and UTF-32 show by a mark or by zeros.
    private static bool IsWide(ReadOnlySpan<byte> text) => text is [>= 0xFE, ..] || text[..Math.Min(4, text.Length)].Contains((byte)0);

    /// <summary>Reads until the window holds the first line that is not blank, or the beginning of a long one, and knows whether more comes after it.</summary>
    public static async ValueTask FillFirstLineAsync(InputBuffer input, CancellationToken cancellationToken)
    {
        while (input.Window.Length < SmallInput && !HasMore(input))
        {
            if (!await input.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private static bool HasMore(InputBuffer input)
    {
        FirstLine(input.Window, out var hasMore);
        return hasMore;
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> window, out bool hasMore)
    {
        var text = window.StartsWith("\uFEFF"u8) ? window[3..] : window;
        text = text.TrimStart(JsonScan.Spaces);
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        hasMore = end >= 0 && text[end..].IndexOfAnyExcept(JsonScan.Spaces) >= 0;
        return (end < 0 ? text : text[..end]).TrimEnd(JsonScan.Spaces);
    }
}
