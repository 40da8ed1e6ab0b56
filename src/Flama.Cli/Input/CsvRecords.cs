namespace Flama.Cli.Input;

/// <summary>Takes comma-separated values apart: quotation marks, doubled ones inside, line ends inside quotes. Reused for every record.</summary>
internal sealed class CsvRecords(InputBuffer input)
{
    private readonly List<(int Start, int Length, bool IsQuoted)> cells = [];
    private long nextLine = 1;
    private byte separator;

    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    /// <summary>The number of cells of the record.</summary>
    public int Count => cells.Count;

    /// <summary>The line the record starts on, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the record ended inside quotation marks.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What was written in a cell, without the quotation marks around it; doubled ones inside are still doubled.</summary>
    public ReadOnlySpan<byte> this[int cell] => input.Window.Slice(cells[cell].Start, cells[cell].Length);

    /// <summary>Whether the cell stood in quotation marks.</summary>
    public bool IsQuoted(int cell) => cells[cell].IsQuoted;

    /// <summary>A cell as text.</summary>
    public string TextOf(int cell)
    {
        var text = System.Text.Encoding.UTF8.GetString(this[cell]);
        return IsQuoted(cell) ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>Takes the next record that is not empty apart; <see cref="Consume"/> moves past it.</summary>
    /// <param name="length">The bytes of the record and its line end.</param>
    /// <returns>False at the end of the input.</returns>
    public bool TryRead(out int length)
    {
        while (true)
        {
            length = FindEnd(out var lines);
            if (length == 0)
            {
                return false;
            }

            Line = nextLine;
            nextLine += lines;
            var text = input.Window[..length].TrimEnd("\r\n"u8);
            if (text.IsEmpty)
            {
                input.Consume(length);
                continue;
            }

            if (separator == 0)
            {
                separator = SeparatorOf(text);
            }

            Split(text);
            return true;
        }
    }

    /// <summary>Moves past the record.</summary>
    public void Consume(int length) => input.Consume(length);

    /// <summary>The separator of a first record: whichever of comma, semicolon, tab and bar is there most often outside quotes.</summary>
    public static byte SeparatorOf(ReadOnlySpan<byte> record)
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

    // A line end counts where no quotation mark is open.
    private int FindEnd(out int lines)
    {
        var position = 0;
        var isQuoted = false;
        var closed = -1;
        lines = 0;
        while (true)
        {
            var next = input.Window[position..].IndexOfAny((byte)'\n', (byte)'"');
            if (next < 0)
            {
                position = input.Window.Length;
                if (input.Fill())
                {
                    continue;
                }

                lines++;
                IsBroken = isQuoted;
                return position;
            }

            position += next + 1;
            if (input.Window[position - 1] == (byte)'"')
            {
                isQuoted = !isQuoted && Opens(position - 1, closed);
                closed = isQuoted ? closed : position;
                continue;
            }

            lines++;
            if (!isQuoted)
            {
                IsBroken = false;
                return position;
            }
        }
    }

    // A quotation mark opens at the beginning of a cell, or again where it has just closed.
    private bool Opens(int position, int closed) =>
        position == 0 || position == closed
        || (separator == 0 ? Separators.Contains(input.Window[position - 1]) : input.Window[position - 1] == separator);

    private void Split(ReadOnlySpan<byte> record)
    {
        cells.Clear();
        var start = 0;
        while (true)
        {
            var isQuoted = start < record.Length && record[start] == (byte)'"';
            var content = isQuoted ? start + 1 : start;
            var end = isQuoted ? EndOfQuoted(record, content) : -1;
            if (end < 0)
            {
                // A quotation mark in the middle of a cell is a letter like any other.
                isQuoted = false;
                content = start;
                var next = record[start..].IndexOf(separator);
                end = next < 0 ? record.Length : start + next;
            }

            cells.Add((content, end - content, isQuoted));
            start = (isQuoted ? end + 1 : end) + 1;
            if (start > record.Length)
            {
                return;
            }
        }
    }

    // The closing quotation mark: followed by a separator or the end; -1 when there is none.
    private int EndOfQuoted(ReadOnlySpan<byte> record, int position)
    {
        while (true)
        {
            var next = record[position..].IndexOf((byte)'"');
            if (next < 0)
            {
                return -1;
            }

            position += next;
            if (position + 1 == record.Length || record[position + 1] == separator)
            {
                return position;
            }

            if (record[position + 1] != (byte)'"')
            {
                return -1;
            }

            position += 2;
        }
    }
}
