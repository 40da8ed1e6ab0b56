using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Flama.Scoring.Input;

/// <summary>Finds records of comma-separated values and takes them apart: quotation marks, doubled ones inside, line ends inside quotes. Reused for every record.</summary>
/// <remarks>
/// Lines end in LF, CR LF or CR; empty and blank ones are not records. A quotation mark in the middle of a cell is a letter like any other. A first line
/// <c>sep=;</c> names the separator.
/// </remarks>
internal sealed class CsvRecords
{
    private CsvCell[] cells = new CsvCell[16];
    private long nextLine = 1;

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

    /// <summary>What stands between cells; 0 until the first record.</summary>
    public byte Separator { get; set; }

    /// <summary>The number of cells of the record.</summary>
    public int Count { get; private set; }

    /// <summary>The line the record starts on, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the record has a cell in quotation marks.</summary>
    public bool HasQuotes { get; private set; }

    /// <summary>Whether the record ended inside quotation marks.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Where a cell is in the record.</summary>
    public ref readonly CsvCell this[int cell] => ref cells[cell];

    /// <summary>A cell as text.</summary>
    /// <exception cref="FlamaException">It is not UTF-8.</exception>
    public string TextOf(ReadOnlySpan<byte> record, int cell)
    {
        var text = cells[cell].Of(record);
        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            throw new FlamaException(
                ErrorCodes.InvalidInput, $"Line {Line} of the CSV is not valid UTF-8.", "Save the file as UTF-8, or tell its encoding.");
        }

        var value = Encoding.UTF8.GetString(text);
        return cells[cell].HasDoubledQuotes ? value.Replace("\"\"", "\"", StringComparison.Ordinal) : value;
    }

    /// <summary>Finds the next record that is not empty, without taking it apart.</summary>
    /// <param name="window">The bytes.</param>
    /// <param name="isComplete">Whether the input ends with the window.</param>
    /// <param name="start">Where the record starts.</param>
    /// <param name="length">The bytes up to the end of the record, its line end included, or of empty lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Found TryFind(ReadOnlySpan<byte> window, bool isComplete, out int start, out int length)
    {
        start = length = 0;
        while (true)
        {
            var rest = window[length..];
            if (Separator == 0 && !rest.IsEmpty)
            {
                var named = TryFindSeparator(rest, isComplete);
                if (named < 0)
                {
                    return Found.NeedsMore;
                }

                length += named;
                rest = window[length..];
            }

            var end = rest.IndexOfAny((byte)'\n', (byte)'\r', (byte)'"');
            if (end < 0 ? !isComplete : rest[end] == (byte)'\r' && end + 1 == rest.Length && !isComplete)
            {
                return Found.NeedsMore;
            }

            if (rest.IsEmpty)
            {
                return Found.End;
            }

            start = length;
            if (end >= 0 && rest[end] == (byte)'"')
            {
                return TryFindQuoted(rest, isComplete, ref length) ? Found.Record : Found.NeedsMore;
            }

            var line = end < 0 ? rest : rest[..end];
            length += line.Length + LineEnd(rest[line.Length..]);
            Line = nextLine++;
            HasQuotes = IsBroken = false;
            if (!IsBlank(line))
            {
                return Found.Record;
            }
        }
    }

    /// <summary>The record that was found will be looked for again.</summary>
    public void PutBack() => nextLine = Line;

    /// <summary>Takes a record apart, with or without its line end.</summary>
    /// <param name="record">One whole record.</param>
    /// <param name="mayHaveQuotes">Whether a quotation mark can be in it.</param>
    public void Split(ReadOnlySpan<byte> record, bool mayHaveQuotes = true)
    {
        if (!mayHaveQuotes)
        {
            SplitPlain(record.TrimEnd("\r\n"u8));
            return;
        }

        var length = 0;
        TrySplit(record, isComplete: true, ref length);
    }

    /// <summary>A record is at hand that another reader found.</summary>
    public void Begin(long line, bool isBroken)
    {
        Line = line;
        IsBroken = isBroken;
    }

    // Without quotation marks separators are found a vector at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SplitPlain(ReadOnlySpan<byte> record)
    {
        Count = 0;
        var start = 0;
        var position = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var separators = Vector256.Create(Separator);
            for (; position <= record.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
            {
                var found = Vector256.Equals(Vector256.Create(record[position..]), separators).ExtractMostSignificantBits();
                for (; found != 0; found &= found - 1)
                {
                    var end = position + System.Numerics.BitOperations.TrailingZeroCount(found);
                    Add(new CsvCell(start, end - start, false, false));
                    start = end + 1;
                }
            }
        }

        for (; position < record.Length; position++)
        {
            if (record[position] == Separator)
            {
                Add(new CsvCell(start, position - start, false, false));
                start = position + 1;
            }
        }

        Add(new CsvCell(start, record.Length - start, false, false));
    }

    // The bytes of a line that names the separator, which is no record; −1 where more are needed to tell.
    private int TryFindSeparator(ReadOnlySpan<byte> text, bool isComplete)
    {
        var line = CsvSeparator.FirstLine(text, isComplete, out var isWhole);
        if (!isWhole || (!isComplete && text[line.Length..].SequenceEqual("\r"u8)))
        {
            return -1;
        }

        if (CsvSeparator.Named(line) is { } named)
        {
            Separator = named;
            nextLine++;
            return line.Length + LineEnd(text[line.Length..]);
        }

        Separator = IsBlank(line) ? (byte)0 : CsvSeparator.Of(line);
        return 0;
    }

    private bool IsBlank(ReadOnlySpan<byte> line) =>
        line.IsEmpty || (line[0] is (byte)' ' or (byte)'\t' && Separator != (byte)'\t' && line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0);

    private static int LineEnd(ReadOnlySpan<byte> text) => text.IsEmpty ? 0 : text.StartsWith("\r\n"u8) ? 2 : 1;

    private bool TryFindQuoted(ReadOnlySpan<byte> text, bool isComplete, ref int length)
    {
        var end = 0;
        if (!TrySplit(text, isComplete, ref end))
        {
            return false;
        }

        length += end;
        Line = nextLine;
        nextLine += 1 + LinesInside(text[..end]);
        HasQuotes = true;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TrySplit(ReadOnlySpan<byte> window, bool isComplete, ref int length)
    {
        Count = 0;
        IsBroken = false;
        var position = 0;
        while (true)
        {
            var cell = new CsvCell(position, 0, false, false);
            var search = position;
            if (position < window.Length && window[position] == (byte)'"' && !TryReadQuoted(window, isComplete, ref cell, ref search))
            {
                return false;
            }

            var next = window[search..].IndexOfAny(Separator, (byte)'\n', (byte)'\r');
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

            if (window[position] != Separator)
            {
                if (window[position] == (byte)'\r' && position + 1 == window.Length && !isComplete)
                {
                    return false;
                }

                position += LineEnd(window[position..]);
                break;
            }

            position++;
        }

        length = position;
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
            if (after == Separator || after is (byte)'\n' or (byte)'\r')
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
