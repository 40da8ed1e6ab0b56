using System.Buffers.Binary;
using Flama.Json;
using Flama.Scoring.Columns;
using Flama.Scoring.Input;

namespace Flama.Scoring.Parquet;

/// <summary>Makes cells of a column's bytes. Not thread-safe.</summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How cells lie in bytes.</param>
/// <param name="limit">Bounds what the column may ask for.</param>
/// <param name="errors">Tells what is wrong.</param>
internal sealed class ParquetCells(string name, CellFormat format, CostLimit limit, TableErrors errors)
{
    // A cell, and a short string.
    private const int CellBytes = 64;

    private readonly TextCells texts = new(new TextCache());
    private long claimed;

    /// <summary>How cells lie in bytes.</summary>
    public CellFormat Format => format;

    /// <summary>Tells what is wrong.</summary>
    public TableErrors Errors => errors;

    /// <summary>Asks for the memory of cells that are held together.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="FlamaException">They are too many.</exception>
    public int Claim(int count)
    {
        ClaimBytes((long)count * CellBytes);
        return count;
    }

    /// <summary>Asks for memory.</summary>
    /// <exception cref="FlamaException">It is too much.</exception>
    public void ClaimBytes(long bytes)
    {
        limit.Take(bytes);
        claimed += bytes;
    }

    /// <summary>Gives the memory of all cells back.</summary>
    public void Release()
    {
        limit.Return(claimed);
        claimed = 0;
    }

    /// <summary>A cell of any width.</summary>
    /// <exception cref="FlamaException">It is not UTF-8 where it should be.</exception>
    public Scalar OfBytes(ReadOnlySpan<byte> bytes)
    {
        switch (format.Kind)
        {
            case CellKind.Text:
                return texts.Get(bytes, hasDoubledQuotes: false) is { } text ? Scalar.Of(text) : throw errors.Unsupported($"column {Excerpt.Of(name)} holds bytes that are not UTF-8");
            case CellKind.Nothing:
                return Scalar.Null;
            case CellKind.Decimal when bytes.Length > DecimalNumber.MaxBytes:
                throw errors.Unsupported($"column {Excerpt.Of(name)} holds a decimal of {bytes.Length} bytes");
            default:
                return format.Width == 0 || bytes.Length == format.Width ? format.Read(bytes) : throw errors.Corrupt("a cell does not have the width of its column");
        }
    }

    /// <summary>Cells of 32 or 64 bits.</summary>
    public Scalar[] OfIntegers(long[] values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        var cells = new Scalar[values.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, values[i]);
            cells[i] = format.Read(bytes[..format.Width]);
        }

        return cells;
    }
}
