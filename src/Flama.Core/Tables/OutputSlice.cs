namespace Flama.Tables;

/// <summary>Where an estimator writes: a rectangle of columns in a row-major buffer that others may share.</summary>
internal readonly ref struct OutputSlice
{
    private readonly Span<double> numbers;
    private readonly Span<string?> texts;
    private readonly int firstColumn;
    private readonly int stride;

    private OutputSlice(Span<double> numbers, Span<string?> texts, int rows, int columns, int firstColumn, int stride)
    {
        this.numbers = numbers;
        this.texts = texts;
        Rows = rows;
        Columns = columns;
        this.firstColumn = firstColumn;
        this.stride = stride;
    }

    /// <summary>A whole buffer of <paramref name="columns"/> columns.</summary>
    public OutputSlice(Span<double> numbers, int columns)
        : this(numbers, [], columns == 0 ? 0 : numbers.Length / columns, columns, 0, columns)
    {
    }

    /// <summary>A whole batch.</summary>
    public OutputSlice(FeatureBatch batch)
        : this(batch.WritableNumbers, batch.WritableTexts, batch.Rows, batch.Columns, 0, batch.Columns)
    {
    }

    /// <summary>A whole prediction.</summary>
    public OutputSlice(PredictionBatch prediction)
        : this(prediction.WritableValues, prediction.WritableTexts, prediction.Rows, prediction.Width, 0, prediction.Width)
    {
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Whether the rectangle is the whole buffer, so that <see cref="Numbers"/> is one run.</summary>
    public bool IsContiguous => stride == Columns;

    /// <summary>All numbers of a contiguous rectangle.</summary>
    public Span<double> Numbers => IsContiguous
        ? numbers
        : throw new InvalidOperationException("The rectangle is part of wider rows.");

    public double this[int row, int column]
    {
        get => numbers[(row * stride) + firstColumn + column];
        set => numbers[(row * stride) + firstColumn + column] = value;
    }

    /// <summary>The numbers of one row.</summary>
    public Span<double> Row(int row) => numbers.Slice((row * stride) + firstColumn, Columns);

    /// <summary>The numbers from a cell on, whatever columns and rows they belong to.</summary>
    /// <param name="row">The row of the first number.</param>
    /// <param name="column">Its column.</param>
    /// <param name="step">From a number to the one below it.</param>
    public Span<double> From(int row, int column, out int step)
    {
        step = stride;
        return numbers[((row * stride) + firstColumn + column)..];
    }

    /// <summary>Sets a cell to a string, or to its number when the string is null.</summary>
    public void SetText(int row, int column, string? text)
    {
        if (!texts.IsEmpty)
        {
            texts[(row * stride) + firstColumn + column] = text;
        }
        else if (text is not null)
        {
            throw new InvalidOperationException("The output has no place for strings.");
        }
    }

    /// <summary>Writes sparse rows with their zeros.</summary>
    public void Write(SparseRows rows)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var target = Row(row);
            target.Clear();
            var columns = rows.ColumnsOf(row);
            var values = rows.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                target[columns[i]] = values[i];
            }
        }
    }

    /// <summary>Some of the columns.</summary>
    public OutputSlice Slice(int column, int count) => new(numbers, texts, Rows, count, firstColumn + column, stride);

    /// <summary>Some of the rows.</summary>
    public OutputSlice SliceRows(int row, int count) => new(
        numbers.Slice(row * stride, count * stride), texts.IsEmpty ? texts : texts.Slice(row * stride, count * stride), count, Columns, firstColumn, stride);
}
