using System.Text;

namespace Flama.Scoring.Input;

/// <summary>Takes comma-separated values apart: quotation marks, doubled ones inside, line ends inside quotes. Reused for every record.</summary>
/// <remarks>Lines end in LF, CR LF or CR; empty ones are not records. A quotation mark in the middle of a cell is a letter like any other.</remarks>
internal sealed class CsvRecords
{
    private CsvCell[] cells = new CsvCell[16];
    private long nextLine = 1;
    private byte separator;

    /// <summary>What was found in a window.</summary>
    public enum Found
    {
        /// <summary>A record.</summary>
        Record,

        /// <summary>The end of the input.</summary>
        End,

        /// <summary>The window ends before the record does.</summary>
        NeedsMore,
    }

    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    /// <summary>The number of cells of the record.</summary>
    public int Count { get; private set; }

    /// <summary>The line the record starts on, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the record ended inside quotation marks.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Where a cell is in the window.</summary>
    public ref readonly CsvCell this[int cell] => ref cells[cell];

    /// <summary>A reader for what follows, to look ahead.</summary>
    public CsvRecords Ahead() => new() { separator = separator, nextLine = nextLine };

    /// <summary>A cell as text.</summary>
    /// <exception cref="FlamaException">It is not UTF-8.</exception>
    public string TextOf(ReadOnlySpan<byte> window, int cell)
    {
        var text = cells[cell].Of(window);
        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            throw NotUtf8(Line);
        }

        var value = Encoding.UTF8.GetString(text);
        return cells[cell].HasDoubledQuotes ? value.Replace("\"\"", "\"", StringComparison.Ordinal) : value;
    }

    /// <summary>The failure for a record that is not UTF-8.</summary>
    public static FlamaException NotUtf8(long line) => new(
        ErrorCodes.InvalidInput, $"Line {line} of the CSV is not valid UTF-8.", "Save the file as UTF-8.");

    /// <summary>Takes the next record that is not empty apart.</summary>
    /// <param name="window">The bytes.</param>
    /// <param name="isComplete">Whether the input ends with the window.</param>
    /// <param name="length">The bytes of what was found: the record with its line end, or empty lines.</param>
    public Found TryRead(ReadOnlySpan<byte> window, bool isComplete, out int length)
    {
        var start = SkipEmptyLines(window, isComplete);
        length = start;
        if (start == window.Length)
        {
            return isComplete ? Found.End : Found.NeedsMore;
        }

        if (separator == 0)
        {
            if (!TryFirstLine(window[start..], isComplete, out var line))
            {
                return Found.NeedsMore;
            }

            separator = SeparatorOf(line);
        }

        return TrySplit(window, start, isComplete, ref length) ? Found.Record : Found.NeedsMore;
    }

    /// <summary>The separator of a first record: whichever of comma, semicolon, tab and bar is there most often outside quotes.</summary>
    private static byte SeparatorOf(ReadOnlySpan<byte> record)
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

    // Up to a line end outside of quotation marks.
    private static bool TryFirstLine(ReadOnlySpan<byte> text, bool isComplete, out ReadOnlySpan<byte> line)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == (byte)'"';
            if (!isQuoted && text[i] is ((byte)'\n' or (byte)'\r'))
            {
                line = text[..i];
                return true;
            }
        }

        line = text;
        return isComplete;
    }

    // A carriage return at the end of the window stays: a line feed may follow.
    private int SkipEmptyLines(ReadOnlySpan<byte> window, bool isComplete)
    {
        var position = 0;
        while (position < window.Length && window[position] is (byte)'\n' or (byte)'\r')
        {
            if (window[position] == (byte)'\r')
            {
                if (position + 1 == window.Length && !isComplete)
                {
                    break;
                }

                position += position + 1 < window.Length && window[position + 1] == (byte)'\n' ? 1 : 0;
            }

            position++;
            nextLine++;
        }

        return position;
    }

    private bool TrySplit(ReadOnlySpan<byte> window, int start, bool isComplete, ref int length)
    {
        Count = 0;
        IsBroken = false;
        var position = start;
        var hasQuotes = false;
        while (true)
        {
            var cell = new CsvCell(position, 0, false, false);
            var search = position;
            if (position < window.Length && window[position] == (byte)'"')
            {
                hasQuotes = true;
                if (!TryReadQuoted(window, isComplete, ref cell, ref search))
                {
                    return false;
                }
            }

            var next = window[search..].IndexOfAny(separator, (byte)'\n', (byte)'\r');
            if (next < 0 && !isComplete)
            {
                return false;
            }

            position = next < 0 ? window.Length : search + next;
            Add(cell.IsQuoted ? cell : cell with { Length = position - cell.Start });
            if (position == window.Length)
            {
                break;
            }

            var end = window[position++];
            if (end == separator)
            {
                continue;
            }

            if (end == (byte)'\r')
            {
                if (position == window.Length && !isComplete)
                {
                    return false;
                }

                position += position < window.Length && window[position] == (byte)'\n' ? 1 : 0;
            }

            break;
        }

        length = position;
        Line = nextLine;
        nextLine += 1 + (hasQuotes ? LinesInside(window[start..position]) : 0);
        return true;
    }

    // Sets the cell where quotation marks stand around it, and where to look for its end.
    private bool TryReadQuoted(ReadOnlySpan<byte> window, bool isComplete, ref CsvCell cell, ref int search)
    {
        var position = cell.Start + 1;
        var isDoubled = false;
        while (true)
        {
            var next = window[position..].IndexOf((byte)'"');
            if (next < 0)
            {
                IsBroken = isComplete;
                search = window.Length;
                return isComplete;
            }

            position += next + 1;
            if (position == window.Length && !isComplete)
            {
                return false;
            }

            var after = position == window.Length ? (byte)'\n' : window[position];
            if (after == (byte)'"')
            {
                isDoubled = true;
                position++;
                continue;
            }

            search = position;
            if (after == separator || after is (byte)'\n' or (byte)'\r')
            {
                cell = new CsvCell(cell.Start + 1, position - cell.Start - 2, true, isDoubled);
            }

            return true;
        }
    }

    private static int LinesInside(ReadOnlySpan<byte> record)
    {
        var text = record.TrimEnd("\r\n"u8);
        return Math.Max(text.Count((byte)'\n'), text.Count((byte)'\r'));
    }

    private void Add(CsvCell cell)
    {
        if (Count == cells.Length)
        {
            Array.Resize(ref cells, 2 * Count);
        }

        cells[Count++] = cell;
    }
}
