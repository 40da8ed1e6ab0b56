namespace Flama;

/// <summary>
/// Rows of input, or the rows that one step of a model hands to the next: <c>rows × columns</c> cells, each a float64, a missing value or,
/// in a batch with texts, a string.
/// </summary>
/// <remarks>
/// The numbers are one row-major buffer. A batch with texts has a second buffer of the same shape; a cell whose text is not null is that
/// string and its number is meaningless. A batch made of <see cref="SparseRows"/> has no such buffers: its cells are read from
/// <see cref="Sparse"/>, or from the batch that <see cref="ToDense()"/> makes. A missing number is NaN; <see cref="Null"/> is the NaN that stands for JSON's <c>null</c> and
/// Python's <c>None</c>, told from other NaN by <see cref="IsNull"/>.
/// Buffers come from a pool: whoever made the batch disposes it, once. Not thread-safe while it is written; any number of threads may
/// read it.
/// </remarks>
public sealed class FeatureBatch : ModelInput
{
    // A quiet NaN with a payload of its own; it survives copies and is never produced by arithmetic on ordinary numbers.
    private const long NullBits = 0x7FF8_0000_0000_07A2;
    private const int FirstCapacity = 4;

    private readonly bool ownsBuffers;
    private readonly int offset;
    private double[]? numbers;
    private int rows;
    private string?[]? texts;

    private FeatureBatch(int columns, int rows, double[] numbers, string?[]? texts, int offset, bool ownsBuffers)
    {
        Columns = columns;
        this.rows = rows;
        this.numbers = numbers;
        this.texts = texts;
        this.offset = offset;
        this.ownsBuffers = ownsBuffers;
    }

    /// <summary>The NaN that stands for JSON's <c>null</c>.</summary>
    public static double Null => BitConverter.Int64BitsToDouble(NullBits);

    /// <summary>The number of rows.</summary>
    public override int Rows => rows;

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The rows without their zeros, in a batch made of those; else null.</summary>
    public SparseRows? Sparse { get; private init; }

    /// <summary>True when no cell can be a string.</summary>
    public bool IsNumeric => texts is null;

    /// <summary>The names of the columns where rows were objects or the caller knows them; else null.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>The number of the first row among the caller's rows, for messages; 0 unless this is a view.</summary>
    public int FirstRow { get; init; }

    /// <summary>For each column, its position in the caller's rows, for messages; null where they are the same.</summary>
    public IReadOnlyList<int>? ColumnOrigins { get; init; }

    /// <summary>All numbers, row-major; the numbers of text cells are meaningless.</summary>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public ReadOnlySpan<double> Numbers => WritableNumbers;

    /// <summary>All texts, row-major, null where the cell is a number; empty when <see cref="IsNumeric"/>.</summary>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public ReadOnlySpan<string?> Texts => WritableTexts;

    internal Span<double> WritableNumbers
    {
        get
        {
            ObjectDisposedException.ThrowIf(numbers is null, this);
            return numbers.AsSpan(offset, rows * Columns);
        }
    }

    internal Span<string?> WritableTexts
    {
        get
        {
            ObjectDisposedException.ThrowIf(numbers is null, this);
            return texts is null ? [] : texts.AsSpan(offset, rows * Columns);
        }
    }

    /// <summary>True for the NaN that stands for JSON's <c>null</c>.</summary>
    public static bool IsNull(double value) => BitConverter.DoubleToInt64Bits(value) == NullBits;

    /// <summary>Rents an empty batch, to be filled with <see cref="AddRow"/>.</summary>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <param name="rowCapacity">How many rows to expect; more are possible.</param>
    /// <param name="columnNames">The names of the columns, where the caller knows them.</param>
    public static FeatureBatch RentEmpty(int columns, int rowCapacity = FirstCapacity, IReadOnlyList<string>? columnNames = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        var cells = checked(columns * Math.Max(rowCapacity, 1));
        return new(columns, 0, BufferPool<double>.Rent(cells), null, 0, ownsBuffers: true) { ColumnNames = columnNames };
    }

    /// <summary>Rents a batch of zeros of a known shape; the texts are null.</summary>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <param name="withTexts">Whether cells may be strings.</param>
    /// <param name="firstRow">The number of the first row among the caller's, for messages.</param>
    public static FeatureBatch Rent(int rows, int columns, bool withTexts = false, int firstRow = 0)
    {
        var made = RentUninitialized(rows, columns, withTexts, firstRow);
        made.WritableNumbers.Clear();
        return made;
    }

    /// <summary>Rents a batch for code that writes every number; the texts are null.</summary>
    internal static FeatureBatch RentUninitialized(
        int rows, int columns, bool withTexts = false, int firstRow = 0, IReadOnlyList<string>? columnNames = null, IReadOnlyList<int>? columnOrigins = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        var cells = checked(rows * columns);
        return new(columns, rows, BufferPool<double>.Rent(cells), withTexts ? RentTexts(cells) : null, 0, ownsBuffers: true)
        {
            FirstRow = firstRow,
            ColumnNames = columnNames,
            ColumnOrigins = columnOrigins,
        };
    }

    /// <summary>Rents a numeric batch with the rows, names and origins of another, for code that writes every number.</summary>
    internal static FeatureBatch RentLike(FeatureBatch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var cells = other.Rows * other.Columns;
        return new(other.Columns, other.Rows, BufferPool<double>.Rent(cells), null, 0, ownsBuffers: true)
        {
            FirstRow = other.FirstRow,
            ColumnNames = other.ColumnNames,
            ColumnOrigins = other.ColumnOrigins,
        };
    }

    /// <summary>Rents a batch for some columns of another, with its rows, and names and origins of those columns, for code that writes every number.</summary>
    /// <param name="other">Where the columns come from.</param>
    /// <param name="columns">Their positions there; kept when <paramref name="other"/> is the caller's own rows, so it must not change.</param>
    /// <param name="withTexts">Whether cells may be strings.</param>
    internal static FeatureBatch RentSelection(FeatureBatch other, int[] columns, bool withTexts)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(columns);
        var cells = checked(other.Rows * columns.Length);
        return new(columns.Length, other.Rows, BufferPool<double>.Rent(cells), withTexts ? RentTexts(cells) : null, 0, ownsBuffers: true)
        {
            FirstRow = other.FirstRow,
            ColumnNames = other.ColumnNames is { } names ? Array.ConvertAll(columns, column => names[column]) : null,
            ColumnOrigins = other.ColumnOrigins is { } origins ? Array.ConvertAll(columns, column => origins[column]) : columns,
        };
    }

    /// <summary>Makes a batch of sparse rows; disposing it disposes them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="firstRow">The number of the first row among the caller's, for messages.</param>
    public static FeatureBatch OfSparse(SparseRows rows, int firstRow = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(rows.Columns, rows.Rows, [], null, 0, ownsBuffers: false) { Sparse = rows, FirstRow = firstRow };
    }

    /// <summary>A dense copy of sparse rows; the caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">The batch is not made of sparse rows.</exception>
    public FeatureBatch ToDense()
    {
        var sparse = Sparse ?? throw new InvalidOperationException("The batch is dense.");
        var dense = RentUninitialized(Rows, Columns, firstRow: FirstRow);
        sparse.CopyTo(dense.WritableNumbers);
        return dense;
    }

    /// <summary>Copies sparse rows into a dense batch over an array of the caller; disposing it does nothing.</summary>
    /// <param name="cells">At least as long as all cells.</param>
    internal FeatureBatch ToDense(double[] cells)
    {
        var sparse = Sparse ?? throw new InvalidOperationException("The batch is dense.");
        sparse.CopyTo(cells.AsSpan(0, Rows * Columns));
        return new(Columns, Rows, cells, null, 0, ownsBuffers: false) { FirstRow = FirstRow };
    }

    /// <summary>Makes a numeric batch over an array of the caller, without copying; disposing it does nothing.</summary>
    /// <param name="numbers">Row-major cells.</param>
    /// <param name="columns">The number of columns; must divide the length.</param>
    public static FeatureBatch Wrap(double[] numbers, int columns)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (numbers.Length % columns != 0)
        {
            throw new ArgumentException($"{numbers.Length} cells do not make whole rows of {columns}.", nameof(numbers));
        }

        return new(columns, numbers.Length / columns, numbers, null, 0, ownsBuffers: false);
    }

    /// <summary>A view of some rows that shares the buffers; disposing it does nothing, and it must not outlive this batch.</summary>
    public FeatureBatch Slice(int firstRow, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + (long)rows, Rows);
        ObjectDisposedException.ThrowIf(numbers is null, this);
        return new(Columns, rows, numbers, texts, offset + (firstRow * Columns), ownsBuffers: false)
        {
            ColumnNames = ColumnNames,
            ColumnOrigins = ColumnOrigins,
            FirstRow = FirstRow + firstRow,
            Sparse = Sparse?.Slice(firstRow, rows),
        };
    }

    /// <summary>The numbers of one row.</summary>
    public ReadOnlySpan<double> Row(int row) => Numbers.Slice(row * Columns, Columns);

    /// <summary>The texts of one row; empty when <see cref="IsNumeric"/>.</summary>
    public ReadOnlySpan<string?> TextRow(int row) => texts is null ? [] : Texts.Slice(row * Columns, Columns);

    internal Span<double> WritableRow(int row) => WritableNumbers.Slice(row * Columns, Columns);

    internal Span<string?> WritableTextRow(int row) => texts is null ? [] : WritableTexts.Slice(row * Columns, Columns);

    /// <summary>The text of a cell, or null when the cell is a number or missing.</summary>
    public string? TextAt(int row, int column) => texts?[offset + (row * Columns) + column];

    /// <summary>Adds a row whose cells are all <see cref="Null"/>; returns its number.</summary>
    public int AddRow()
    {
        if (!ownsBuffers)
        {
            throw new InvalidOperationException("A view cannot grow.");
        }

        ObjectDisposedException.ThrowIf(numbers is null, this);

        var end = checked((Rows + 1) * Columns);
        if (end > numbers.Length)
        {
            Grow(end);
        }

        numbers.AsSpan(Rows * Columns, Columns).Fill(Null);
        texts?.AsSpan(Rows * Columns, Columns).Clear();
        return rows++;
    }

    /// <summary>Whether another row fits without growing.</summary>
    internal bool HasRoom => (Rows + 1L) * Columns <= numbers?.Length;

    /// <summary>Makes room for rows in one step, where the caller can tell how many there will be.</summary>
    internal void Reserve(int expectedRows)
    {
        ObjectDisposedException.ThrowIf(numbers is null, this);
        var cells = checked(expectedRows * Columns);
        if (cells > numbers.Length)
        {
            Resize(cells);
        }
    }

    /// <summary>All texts, to be written; the batch gets texts if it had none.</summary>
    internal Span<string?> AddTexts()
    {
        ObjectDisposedException.ThrowIf(numbers is null, this);
        texts ??= RentTexts(numbers.Length);
        return WritableTexts;
    }

    /// <summary>Takes rows at the end away.</summary>
    internal void CutTo(int count) => rows = Math.Min(rows, count);

    /// <summary>Sets a cell to a number; NaN means missing.</summary>
    public void SetNumber(int row, int column, double value)
    {
        ObjectDisposedException.ThrowIf(numbers is null, this);
        var index = offset + (row * Columns) + column;
        numbers[index] = value;
        if (texts is not null)
        {
            texts[index] = null;
        }
    }

    /// <summary>Sets a cell to a string; the batch gets texts if it had none.</summary>
    public void SetText(int row, int column, string value)
    {
        ObjectDisposedException.ThrowIf(numbers is null, this);
        texts ??= RentTexts(numbers.Length);
        texts[offset + (row * Columns) + column] = value;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Sparse?.Dispose();
        if (ownsBuffers && numbers is { Length: > 0 })
        {
            BufferPool<double>.Return(numbers);
        }

        numbers = null;
        if (texts is not null && ownsBuffers)
        {
            BufferPool<string?>.Return(texts, clear: true);
        }

        texts = null;
        rows = 0;
    }

    private static string?[] RentTexts(int cells)
    {
        // Returned arrays were cleared, unless they are the shared pool's.
        var rented = BufferPool<string?>.Rent(cells);
        if (rented.Length > BufferPool<string?>.MaxPooledLength)
        {
            Array.Clear(rented);
        }

        return rented;
    }

    private void Grow(int cells) => Resize((int)Math.Min(Math.Max(cells, 2L * numbers!.Length), Array.MaxLength));

    private void Resize(int capacity)
    {
        var old = numbers!;
        var used = Rows * Columns;
        var larger = BufferPool<double>.Rent(capacity);
        old.AsSpan(0, used).CopyTo(larger);
        BufferPool<double>.Return(old);
        numbers = larger;
        if (texts is not null && texts.Length < larger.Length)
        {
            var largerTexts = RentTexts(larger.Length);
            texts.AsSpan(0, used).CopyTo(largerTexts);
            BufferPool<string?>.Return(texts, clear: true);
            texts = largerTexts;
        }
    }
}
