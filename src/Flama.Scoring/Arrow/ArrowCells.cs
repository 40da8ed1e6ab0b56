using System.Buffers.Binary;
using Flama.Json;
using Flama.Scoring.Columns;
using Flama.Scoring.Input;

namespace Flama.Scoring.Arrow;

/// <summary>Reads the cells of a field in a batch. Not thread-safe.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="layout">How cells lie in buffers.</param>
/// <param name="format">How a cell lies in bytes.</param>
/// <param name="errors">Tells what is wrong.</param>
internal sealed class ArrowCells(string name, ArrowLayout layout, CellFormat format, TableErrors errors)
{
    private const int ViewBytes = 16;
    private const int LongestInline = 12;

    private readonly TextCells texts = new(new TextCache());

    /// <summary>Reads cells.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first buffer of the field.</param>
    /// <param name="row">The first row.</param>
    /// <param name="cells">Takes them.</param>
    /// <exception cref="FlamaException">The buffers are too short, or contradict the format.</exception>
    public void Read(ArrowBatch batch, int first, long row, Span<Scalar> cells)
    {
        if (layout == ArrowLayout.None)
        {
            cells.Fill(format.Missing);
            return;
        }

        var validity = batch.Buffer(first).Span;
        var isWhole = validity.IsEmpty;
        if (!isWhole && (row + cells.Length + 7) / 8 > validity.Length)
        {
            throw TooShort();
        }

        var values = batch.Buffer(first + 1).Span;
        var data = layout is ArrowLayout.Sized or ArrowLayout.LargeSized ? batch.Buffer(first + 2).Span : [];
        for (var i = 0; i < cells.Length; i++, row++)
        {
            cells[i] = isWhole || (validity[(int)(row >> 3)] & (1 << (int)(row & 7))) != 0 ? ReadOne(batch, first, values, data, row) : format.Missing;
        }
    }

    private Scalar ReadOne(ArrowBatch batch, int first, ReadOnlySpan<byte> values, ReadOnlySpan<byte> data, long row) => layout switch
    {
        ArrowLayout.Sized => OfText(Between(
            data,
            BinaryPrimitives.ReadInt32LittleEndian(At(values, row, sizeof(int))),
            BinaryPrimitives.ReadInt32LittleEndian(At(values, row + 1, sizeof(int))))),
        ArrowLayout.LargeSized => OfText(Between(
            data,
            BinaryPrimitives.ReadInt64LittleEndian(At(values, row, sizeof(long))),
            BinaryPrimitives.ReadInt64LittleEndian(At(values, row + 1, sizeof(long))))),
        ArrowLayout.Views => OfText(View(batch, first, At(values, row, ViewBytes))),
        _ when format.Kind == CellKind.Boolean => Scalar.Of((At(values, row >> 3, 1)[0] & (1 << (int)(row & 7))) != 0),
        _ => format.Read(At(values, row, format.Width)),
    };

    private ReadOnlySpan<byte> View(ArrowBatch batch, int first, ReadOnlySpan<byte> view)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(view);
        if (length is >= 0 and <= LongestInline)
        {
            return view.Slice(sizeof(int), length);
        }

        var buffer = BinaryPrimitives.ReadInt32LittleEndian(view[8..]);
        long start = BinaryPrimitives.ReadInt32LittleEndian(view[12..]);
        return buffer >= 0 ? Between(batch.Buffer(first + 2 + buffer).Span, start, start + length) : throw TooShort();
    }

    private Scalar OfText(ReadOnlySpan<byte> bytes) => texts.Get(bytes, hasDoubledQuotes: false) is { } text
        ? Scalar.Of(text)
        : throw errors.Unsupported($"column {Excerpt.Of(name)} holds bytes that are not UTF-8");

    private ReadOnlySpan<byte> At(ReadOnlySpan<byte> bytes, long index, int width) =>
        (index + 1) * width <= bytes.Length ? bytes.Slice((int)index * width, width) : throw TooShort();

    private ReadOnlySpan<byte> Between(ReadOnlySpan<byte> bytes, long start, long end) =>
        start >= 0 && start <= end && end <= bytes.Length ? bytes[(int)start..(int)end] : throw TooShort();

    private FlamaException TooShort() => errors.Corrupt($"the buffers of column {Excerpt.Of(name)} are shorter than its rows");
}
