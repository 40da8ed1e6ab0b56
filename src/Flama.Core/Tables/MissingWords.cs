using System.Text;

namespace Flama.Tables;

/// <summary>The cells that <c>pandas.read_csv</c> takes for missing values by default (pandas 1.0 to 3.0), quoted or not.</summary>
internal static class MissingWords
{
    private const int Longest = 8;

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan",
        "null",
    };

    /// <summary>Whether a cell of text is missing; blanks are text.</summary>
    public static bool Contains(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
        {
            return true;
        }

        // The first letters of all words, so that most texts need no look-up.
        if (cell.Length > Longest || cell[0] is not ((byte)'#' or (byte)'-' or (byte)'1' or (byte)'<' or (byte)'N' or (byte)'n'))
        {
            return false;
        }

        Span<char> letters = stackalloc char[Longest];
        return Encoding.UTF8.TryGetChars(cell, letters, out var length)
            && Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters[..length]);
    }

    /// <summary>Whether a cell of a number is missing: blanks around it do not count, and NaN may be written in any case, as Python's <c>float()</c> reads it.</summary>
    public static bool ContainsTrimmed(ReadOnlySpan<byte> cell)
    {
        var trimmed = cell.Trim(" \t"u8);
        return Contains(trimmed) || Ascii.EqualsIgnoreCase(trimmed, "nan"u8) || Ascii.EqualsIgnoreCase(trimmed, "-nan"u8) || Ascii.EqualsIgnoreCase(trimmed, "+nan"u8);
    }
}
