using System.Runtime.InteropServices;

namespace Flama;

/// <summary>What a table method answers in one array: for each row a number, a label or a nested array of them.</summary>
/// <remarks>
/// Values are one row-major buffer of float64, read by <see cref="Kind"/>. Buffers come from a pool: whoever made the batch disposes it, once; the
/// batches of a <see cref="ModelOutput"/> are disposed with it. Not thread-safe while it is written; any number of threads may read it.
/// </remarks>
public sealed class PredictionBatch : ModelArray
{
    private double[]? values;
    private string?[]? texts;

    private PredictionBatch(PredictionKind kind, int rows, int[] rowShape, int width, double[] values, string?[]? texts)
    {
        Kind = kind;
        Rows = rows;
        RowShape = rowShape;
        Width = width;
        this.values = values;
        this.texts = texts;
    }

    /// <summary>What the values are.</summary>
    public PredictionKind Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The shape of one row: empty for a single value, one length for a flat array, and so on.</summary>
    public IReadOnlyList<int> RowShape { get; }

    /// <summary>Values per row: the product of <see cref="RowShape"/>, 1 for a single value.</summary>
    public int Width { get; }

    /// <summary>The labels of each column of a row, one set for all columns or one per column, when <see cref="Kind"/> is <see cref="PredictionKind.Label"/>; else empty.</summary>
    public IReadOnlyList<LabelSet> Labels { get; private init; } = [];

    /// <summary>All values, row-major, <c>Rows × Width</c>; meaningless for <see cref="PredictionKind.Int64"/>.</summary>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public ReadOnlySpan<double> Values => WritableValues;

    /// <summary>All values of a batch of <see cref="PredictionKind.Int64"/>, row-major.</summary>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public ReadOnlySpan<long> Integers => MemoryMarshal.Cast<double, long>(WritableValues);

    /// <summary>All strings, row-major, null where the cell is a number; empty unless <see cref="Kind"/> is <see cref="PredictionKind.Mixed"/>.</summary>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public ReadOnlySpan<string?> Texts => WritableTexts;

    /// <inheritdoc/>
    public override ElementType Type => TypeOf(Kind, Labels);

    /// <inheritdoc/>
    public override IReadOnlyList<long> Shape => [Rows, .. RowShape.Select(length => (long)length)];

    internal Span<double> WritableValues
    {
        get
        {
            ObjectDisposedException.ThrowIf(values is null, this);
            return values.AsSpan(0, Rows * Width);
        }
    }

    internal Span<string?> WritableTexts
    {
        get
        {
            ObjectDisposedException.ThrowIf(values is null, this);
            return texts is null ? [] : texts.AsSpan(0, Rows * Width);
        }
    }

    /// <summary>Rents a batch of zeros with one value per row.</summary>
    public static PredictionBatch RentVector(PredictionKind kind, int rows) => Rent(kind, rows, []);

    /// <summary>Rents a batch of zeros with <paramref name="columns"/> values per row.</summary>
    public static PredictionBatch RentMatrix(PredictionKind kind, int rows, int columns) => Rent(kind, rows, [columns]);

    /// <summary>Rents a batch of zeros of any row shape; texts are null.</summary>
    /// <param name="kind">What the values are.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="rowShape">The shape of one row; kept, so it must not change afterwards.</param>
    /// <param name="labels">The labels when the kind is <see cref="PredictionKind.Label"/>.</param>
    /// <exception cref="OverflowException">The values do not fit in one buffer.</exception>
    public static PredictionBatch Rent(PredictionKind kind, int rows, int[] rowShape, IReadOnlyList<LabelSet>? labels = null)
    {
        var made = RentUninitialized(kind, rows, rowShape, labels);
        made.WritableValues.Clear();
        return made;
    }

    /// <summary>Rents a batch for code that writes every value.</summary>
    internal static PredictionBatch RentUninitialized(PredictionKind kind, int rows, int[] rowShape, IReadOnlyList<LabelSet>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(rowShape);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        var width = 1;
        foreach (var length in rowShape)
        {
            width = checked(width * length);
        }

        var cells = checked(rows * width);
        var strings = kind == PredictionKind.Mixed ? BufferPool<string?>.Rent(cells) : null;
        strings?.AsSpan().Clear();
        return new(kind, rows, rowShape, width, BufferPool<double>.Rent(cells), strings) { Labels = labels ?? [] };
    }

    /// <summary>Makes a batch that holds a copy of values.</summary>
    /// <param name="kind">What the values are; neither <see cref="PredictionKind.Mixed"/> nor <see cref="PredictionKind.Int64"/>.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="rowShape">The shape of one row; none for a single value per row. Kept, so it must not change afterwards.</param>
    /// <exception cref="ArgumentException">The values are not whole rows.</exception>
    public static PredictionBatch Of(PredictionKind kind, ReadOnlySpan<double> values, params int[] rowShape)
    {
        ArgumentNullException.ThrowIfNull(rowShape);
        var width = rowShape.Aggregate(1, (product, length) => checked(product * length));
        if (width == 0 || values.Length % width != 0)
        {
            throw new ArgumentException($"{values.Length} values are not whole rows of {width}.", nameof(values));
        }

        var made = RentUninitialized(kind, values.Length / width, rowShape);
        values.CopyTo(made.WritableValues);
        return made;
    }

    /// <summary>A copy of some rows; the caller disposes it.</summary>
    internal PredictionBatch CopyRows(int first, int count)
    {
        var copy = RentUninitialized(Kind, count, (int[])RowShape, Labels);
        WritableValues.Slice(first * Width, count * Width).CopyTo(copy.WritableValues);
        if (texts is not null)
        {
            WritableTexts.Slice(first * Width, count * Width).CopyTo(copy.WritableTexts);
        }

        return copy;
    }

    /// <summary>The values of one row.</summary>
    public ReadOnlySpan<double> Row(int row) => Values.Slice(row * Width, Width);

    /// <summary>Sets one value of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The position in the row, row-major where a row has several dimensions.</param>
    /// <param name="value">The number, or the position of a label.</param>
    public void SetValue(int row, int column, double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
        WritableValues[(row * Width) + column] = value;
    }

    /// <summary>Sets one cell of a <see cref="PredictionKind.Mixed"/> batch to a string; null makes it the number again.</summary>
    public void SetText(int row, int column, string? text)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
        WritableTexts[(row * Width) + column] = text;
    }

    /// <summary>The labels of one column.</summary>
    public LabelSet LabelsOf(int column) => Labels.Count == 1 ? Labels[0] : Labels[column];

    /// <summary>One value as Python has it: a number, a boolean, a label or a string.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The position in the row, row-major where a row has several dimensions.</param>
    public Scalar ValueAt(int row, int column = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
        var index = (row * Width) + column;
        return Kind switch
        {
            PredictionKind.Int64 => Scalar.Of(Integers[index]),
            PredictionKind.Integer when double.IsFinite(Values[index]) => Scalar.Of((long)Values[index]),
            PredictionKind.Boolean => Scalar.Of(Values[index] != 0),
            PredictionKind.Label => LabelsOf(column)[(int)Values[index]],
            PredictionKind.Mixed when Texts[index] is { } text => Scalar.Of(text),
            _ => Scalar.Of(Values[index]),
        };
    }

    /// <summary>The element type of values of a kind.</summary>
    internal static ElementType TypeOf(PredictionKind kind, IReadOnlyList<LabelSet> labels) => kind switch
    {
        PredictionKind.Float => ElementType.Float64,
        PredictionKind.Integer or PredictionKind.Int64 => ElementType.Int64,
        PredictionKind.Boolean => ElementType.Boolean,
        PredictionKind.Label => LabelSet.TypeOf(labels),
        _ => ElementType.Mixed,
    };

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (values is { Length: > 0 })
        {
            BufferPool<double>.Return(values);
        }

        values = null;
        if (texts is not null)
        {
            BufferPool<string?>.Return(texts, clear: true);
            texts = null;
        }
    }
}
