namespace Flama.Scoring.Input;

/// <summary>What stands between the cells of comma-separated values.</summary>
internal static class CsvSeparator
{
    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    /// <summary>The separator of a first record: whichever of comma, semicolon, tab and bar is there most often outside quotes.</summary>
    public static byte Of(ReadOnlySpan<byte> record)
    {
        Span<int> counts = stackalloc int[Separators.Length];
        var isQuoted = false;
        foreach (var letter in record)
        {
            isQuoted ^= letter == (byte)'"';
            var index = isQuoted ? -1 : Separators.IndexOf(letter);
            if (index >= 0)
            {
                counts[index]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return Separators[best];
    }

    /// <summary>The separator that a line <c>sep=;</c> names, as spreadsheets write and read it; null for any other line.</summary>
    public static byte? Named(ReadOnlySpan<byte> line)
    {
        var text = line is [(byte)'"', .. var inside, (byte)'"'] ? inside : line;
        return text.StartsWith("sep="u8) && text.Length == "sep="u8.Length + 1 && Separators.Contains(text[^1]) ? text[^1] : null;
    }

    /// <summary>Up to a line end outside of quotation marks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isComplete">Whether nothing comes after it.</param>
    /// <param name="isWhole">Whether the line's end was seen.</param>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text, bool isComplete, out bool isWhole)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == (byte)'"';
            if (!isQuoted && text[i] is (byte)'\n' or (byte)'\r')
            {
                isWhole = true;
                return text[..i];
            }
        }

        isWhole = isComplete;
        return text;
    }
}
