
namespace Flama;

/// <summary>Rows of mostly zeros: for each row the columns that are not zero, and their values (CSR).</summary>
/// <remarks>
/// Columns of a row may be in any order; a column occurs at most once. Buffers come from a pool: whoever made the rows disposes them,
/// once. Not thread-safe while they are written; any number of threads may read them.
/// </remarks>
public sealed class SparseRows : IDisposable
{
    private const int FirstCapacity = 256;

    private readonly bool ownsBuffers;
    private readonly int offset;
    private int[] starts;
    private int[] columns;
    private double[] values;

    /// <summary>Rents empty rows, to be filled with <see cref="Add"/> and <see cref="EndRow"/>.</summary>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="rowCapacity">How many rows to expect; more are possible.</param>
    public SparseRows(int columnCount, int rowCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columnCount);
        ArgumentOutOfRangeException.ThrowIfNegative(rowCapacity);
        Columns = columnCount;
        ownsBuffers = true;
        starts = BufferPool<int>.Rent(rowCapacity + 1);
        starts[0] = 0;
        columns = BufferPool<int>.Rent(FirstCapacity);
        values = BufferPool<double>.Rent(FirstCapacity);
    }

    private SparseRows(SparseRows other, int firstRow, int rows)
    {
        Columns = other.Columns;
        Rows = rows;
        offset = other.offset + firstRow;
        starts = other.starts;
        columns = other.columns;
        values = other.values;
        Count = other.Count;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of values stored so far, in all rows of the buffers.</summary>
    public int Count { get; private set; }

    /// <summary>The columns of one row that are not zero.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => columns.AsSpan(starts[offset + row], LengthOf(row));

    /// <summary>The values of one row, in the order of <see cref="ColumnsOf"/>.</summary>
    public Span<double> ValuesOf(int row) => values.AsSpan(starts[offset + row], LengthOf(row));

    /// <summary>Adds a value to the row that is being filled.</summary>
    public void Add(int column, double value)
    {
        if (Count == columns.Length || Count == values.Length)
        {
            Grow();
        }

        columns[Count] = column;
        values[Count] = value;
        Count++;
    }

    /// <summary>Ends the row that is being filled.</summary>
    public void EndRow()
    {
        if (Rows + 1 == starts.Length)
        {
            starts = Larger(starts, starts.Length);
        }

        starts[++Rows] = Count;
    }

    /// <summary>A view of some rows that shares the buffers; disposing it does nothing, and it must not outlive these rows.</summary>
    public SparseRows Slice(int firstRow, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + (long)rows, Rows);
        return new(this, firstRow, rows);
    }

    /// <summary>Writes the rows with their zeros.</summary>
    /// <param name="dense">Row-major, <c>Rows × Columns</c>.</param>
    public void CopyTo(Span<double> dense)
    {
        dense = dense[..(Rows * Columns)];
        dense.Clear();
        for (var row = 0; row < Rows; row++)
        {
            var target = dense.Slice(row * Columns, Columns);
            var at = ColumnsOf(row);
            var of = ValuesOf(row);
            for (var i = 0; i < at.Length; i++)
            {
                target[at[i]] = of[i];
            }
        }
    }

    /// <summary>Gives the buffers back to the pool.</summary>
    public void Dispose()
    {
        if (!ownsBuffers || starts.Length == 0)
        {
            return;
        }

        BufferPool<int>.Return(starts);
        BufferPool<int>.Return(columns);
        BufferPool<double>.Return(values);
        starts = columns = [];
        values = [];
        Rows = Count = 0;
    }

    private static T[] Larger<T>(T[] array, int used)
    {
        var larger = BufferPool<T>.Rent(checked(2 * array.Length));
        array.AsSpan(0, used).CopyTo(larger);
        BufferPool<T>.Return(array);
        return larger;
    }

    private int LengthOf(int row) => starts[offset + row + 1] - starts[offset + row];

    private void Grow()
    {
        if (Count == columns.Length)
        {
            columns = Larger(columns, Count);
        }

        if (Count == values.Length)
        {
            values = Larger(values, Count);
        }
    }
}
