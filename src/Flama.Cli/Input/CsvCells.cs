using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Flama.Json;

namespace Flama.Cli.Input;

/// <summary>Writes cells of comma-separated values as JSON: a number where it can be one and the feature is not text, else a string.</summary>
/// <remarks>
/// A cell with nothing in it is missing; where a number is expected, so are the words that pandas writes or reads for a missing value.
/// </remarks>
internal static class CsvCells
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private static readonly HashSet<string> Missing = new(StringComparer.Ordinal) { "NaN", "nan", "NA", "N/A", "<NA>", "null", "NULL", "None", "-nan", "#N/A" };

    /// <summary>Writes one cell.</summary>
    /// <param name="cell">What was written between separators.</param>
    /// <param name="isQuoted">Whether quotation marks stood around it.</param>
    /// <param name="isText">Whether it is text whatever it looks like.</param>
    /// <param name="isNumber">Whether the model expects a number.</param>
    /// <param name="chunk">Takes the JSON.</param>
    public static void Write(ReadOnlySpan<byte> cell, bool isQuoted, bool isText, bool isNumber, RowChunk chunk)
    {
        var trimmed = cell.Trim(" \t"u8);
        if (trimmed.IsEmpty && !(isQuoted && isText))
        {
            chunk.Append("null"u8);
        }
        else if (!isText && IsJsonNumber(trimmed))
        {
            chunk.Append(trimmed);
        }
        else if (isText || !TryWriteOther(trimmed, isNumber, chunk))
        {
            WriteText(cell, isQuoted, chunk);
        }
    }

    // Digits with at most one point and exponent, as JSON has them; longer forms go through the slower reader.
    private static bool IsJsonNumber(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == (byte)'-' ? text[1..] : text;
        if (digits.IsEmpty || !char.IsAsciiDigit((char)digits[^1]) || !char.IsAsciiDigit((char)digits[0])
            || (digits[0] == (byte)'0' && digits.Length > 1 && char.IsAsciiDigit((char)digits[1])))
        {
            return false;
        }

        var point = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return point < 0 || (digits[point] == (byte)'.' && digits[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);
    }

    private static bool TryWriteOther(ReadOnlySpan<byte> text, bool isNumber, RowChunk chunk)
    {
        const int longestNumber = 400;
        if (text.Length > longestNumber)
        {
            return false;
        }

        Span<char> letters = stackalloc char[text.Length];
        letters = letters[..Encoding.UTF8.GetChars(text, letters)];
        if (Missing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters))
        {
            if (isNumber)
            {
                chunk.Append("null"u8);
            }

            return isNumber;
        }

        if (isNumber && Utf8Parser.TryParse(text, out bool flag, out var used) && used == text.Length)
        {
            chunk.Append(flag ? "true"u8 : "false"u8);
            return true;
        }

        if (!PythonNumber.TryParse(letters, out var number))
        {
            return false;
        }

        if (double.IsInfinity(number))
        {
            chunk.Append(number > 0 ? "Infinity"u8 : "-Infinity"u8);
            return true;
        }

        chunk.Advance(PythonNumber.Format(number, chunk.Space(PythonNumber.MaxLength)));
        return true;
    }

    private static void WriteText(ReadOnlySpan<byte> cell, bool isQuoted, RowChunk chunk)
    {
        chunk.Append("\""u8);
        while (!cell.IsEmpty)
        {
            var next = cell.IndexOfAny(Escaped);
            if (next < 0)
            {
                chunk.Append(cell);
                break;
            }

            chunk.Append(cell[..next]);
            WriteEscape(cell[next], chunk);
            var isDoubled = isQuoted && cell[next] == (byte)'"';
            cell = cell[(isDoubled ? Math.Min(next + 2, cell.Length) : next + 1)..];
        }

        chunk.Append("\""u8);
    }

    private static void WriteEscape(byte letter, RowChunk chunk)
    {
        if (letter is (byte)'"' or (byte)'\\')
        {
            chunk.Append([(byte)'\\', letter]);
        }
        else
        {
            chunk.Append(Encoding.ASCII.GetBytes($"\\u{(int)letter:x4}"));
        }
    }
}
