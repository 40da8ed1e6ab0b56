namespace Flama;

/// <summary>
/// What a method of a model answers: for each row a number, a label or a nested array of them; or several such answers, where Python
/// gives a list or tuple of arrays.
/// </summary>
/// <remarks>
/// Values are one row-major buffer of float64, read by <see cref="Kind"/>. Buffers come from a pool: whoever asked for the prediction
/// disposes it, once. Not thread-safe while it is written.
/// </remarks>
public sealed class PredictionBatch : IDisposable
{
    private double[] values;
    private string?[]? texts;

    private PredictionBatch(PredictionKind kind, int rows, int[] rowShape, double[] values, string?[]? texts)
    {
        Kind = kind;
        Rows = rows;
        RowShape = rowShape;
        Width = 1;
        foreach (var length in rowShape)
        {
            Width = checked(Width * length);
        }

        this.values = values;
        this.texts = texts;
    }

    /// <summary>What the values are.</summary>
    public PredictionKind Kind { get; }

    /// <summary>The number of rows; the number of rows of each part when there are <see cref="Parts"/>.</summary>
    public int Rows { get; }

    /// <summary>The shape of one row: empty for a single value, one length for a flat array, and so on.</summary>
    public IReadOnlyList<int> RowShape { get; }

    /// <summary>Values per row: the product of <see cref="RowShape"/>, 1 for a single value.</summary>
    public int Width { get; }

    /// <summary>The labels of each column of a row, one set for all columns or one a column, when <see cref="Kind"/> is <see cref="PredictionKind.Label"/>; else empty.</summary>
    public IReadOnlyList<LabelSet> Labels { get; private init; } = [];

    /// <summary>The answers, where the method gives several arrays; else empty, and then this batch is the answer.</summary>
    public IReadOnlyList<PredictionBatch> Parts { get; private init; } = [];

    /// <summary>All values, row-major, <c>Rows × Width</c>.</summary>
    public Span<double> Values => values.AsSpan(0, Parts.Count > 0 ? 0 : Rows * Width);

    /// <summary>All strings, row-major, null where the cell is a number; empty unless <see cref="Kind"/> is <see cref="PredictionKind.Mixed"/>.</summary>
    public Span<string?> Texts => texts is null ? [] : texts.AsSpan(0, Rows * Width);

    /// <summary>Rents a batch with one value a row. Values are not initialised.</summary>
    public static PredictionBatch RentVector(PredictionKind kind, int rows) => Rent(kind, rows, []);

    /// <summary>Rents a batch with <paramref name="columns"/> values a row. Values are not initialised.</summary>
    public static PredictionBatch RentMatrix(PredictionKind kind, int rows, int columns) => Rent(kind, rows, [columns]);

    /// <summary>Rents a batch of any row shape. Values are not initialised; texts are null.</summary>
    /// <param name="kind">What the values are.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="rowShape">The shape of one row; kept, so it must not change afterwards.</param>
    /// <param name="labels">The labels when the kind is <see cref="PredictionKind.Label"/>.</param>
    public static PredictionBatch Rent(PredictionKind kind, int rows, int[] rowShape, IReadOnlyList<LabelSet>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(rowShape);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        var cells = rows;
        foreach (var length in rowShape)
        {
            cells = checked(cells * length);
        }

        var strings = kind == PredictionKind.Mixed ? BufferPool<string?>.Rent(cells) : null;
        strings?.AsSpan().Clear();
        return new(kind, rows, rowShape, BufferPool<double>.Rent(cells), strings) { Labels = labels ?? [] };
    }

    /// <summary>Makes the answer of a method that gives several arrays. The parts are disposed with it.</summary>
    public static PredictionBatch Of(IReadOnlyList<PredictionBatch> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        return new(parts[0].Kind, parts[0].Rows, [], [], null) { Parts = parts };
    }

    /// <summary>The values of one row.</summary>
    public Span<double> Row(int row) => Values.Slice(row * Width, Width);

    /// <summary>The labels of one column.</summary>
    public LabelSet LabelsOf(int column) => Labels.Count == 1 ? Labels[0] : Labels[column];

    /// <summary>Gives the buffers back to the pool.</summary>
    public void Dispose()
    {
        foreach (var part in Parts)
        {
            part.Dispose();
        }

        if (values.Length > 0)
        {
            BufferPool<double>.Return(values);
            values = [];
        }

        if (texts is not null)
        {
            BufferPool<string?>.Return(texts, clear: true);
            texts = null;
        }
    }
}
