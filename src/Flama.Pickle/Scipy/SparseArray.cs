using Flama.Pickle.Numpy;

namespace Flama.Pickle.Scipy;

/// <summary>
/// A two-dimensional scipy matrix in compressed rows (CSR). Row <c>i</c> has the entries <c>IndexPointers[i]</c> up to <c>IndexPointers[i +
/// 1]</c>.
/// Columns of a row need not be sorted, and one may occur more than once: its values add up. Immutable.
/// </summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
/// <param name="Data">The values of the entries, as float64.</param>
/// <param name="Indices">The columns of the entries, all within the matrix.</param>
/// <param name="IndexPointers">Where rows start in the other two; <c>Rows + 1</c> numbers that never fall, the first 0, the last the number
/// of entries.</param>
public sealed partial record SparseArray(int Rows, int Columns, double[] Data, int[] Indices, int[] IndexPointers)
{
    // Formats other than CSR need a table of rows that the file does not hold: a matrix without entries must not ask for gigabytes.
    private const int MaxConvertedRows = 1 << 24;

    /// <summary>Reads a matrix of the formats CSR, CSC, COO or DIA.</summary>
    /// <param name="instance">What a pickle holds; <c>csr_matrix</c>, <c>csr_array</c> and so on.</param>
    /// <param name="matrix">The matrix.</param>
    /// <returns>False when the object is of another class.</returns>
    /// <exception cref="PickleException">It is such a matrix, and its parts contradict one another.</exception>
    public static bool TryRead(PickleObject instance, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SparseArray? matrix)
    {
        ArgumentNullException.ThrowIfNull(instance);
        matrix = null;
        if (!instance.Class.Module.StartsWith("scipy.sparse", StringComparison.Ordinal))
        {
            return false;
        }

        matrix = instance.Class.Name switch
        {
            "csr_matrix" or "csr_array" => FromCompressed(instance, isColumns: false),
            "csc_matrix" or "csc_array" => FromCompressed(instance, isColumns: true),
            "coo_matrix" or "coo_array" => FromCoordinates(instance),
            "dia_matrix" or "dia_array" => FromDiagonals(instance),
            _ => null,
        };
        return matrix is not null;
    }

    /// <summary>All elements, row by row; 0 where there is no entry.</summary>
    /// <exception cref="OverflowException">The matrix has more elements than an array can hold.</exception>
    public double[] ToDense()
    {
        var dense = new double[checked(Rows * Columns)];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = IndexPointers[row]; i < IndexPointers[row + 1]; i++)
            {
                dense[(row * Columns) + Indices[i]] += Data[i];
            }
        }

        return dense;
    }

    private static SparseArray FromCompressed(PickleObject instance, bool isColumns)
    {
        var (rows, columns) = ReadShape(instance);
        var data = ReadArray(instance, "data").ToDoubles();
        var indices = ReadArray(instance, "indices").ToInt32s();
        var pointers = ReadArray(instance, "indptr").ToInt32s();
        CheckPointers(instance, pointers, isColumns ? columns : rows, Math.Min(data.Length, indices.Length));
        var entries = pointers[^1];
        CheckIndices(instance, indices.AsSpan(0, entries), isColumns ? rows : columns);
        if (!isColumns)
        {
            return new SparseArray(rows, columns, data, indices, pointers);
        }

        var columnOf = new int[entries];
        for (var column = 0; column < columns; column++)
        {
            columnOf.AsSpan(pointers[column]..pointers[column + 1]).Fill(column);
        }

        return FromTriples(instance, rows, columns, indices.AsSpan(0, entries), columnOf, data.AsSpan(0, entries));
    }

    private static SparseArray FromCoordinates(PickleObject instance)
    {
        var (rows, columns) = ReadShape(instance);
        var data = ReadArray(instance, "data").ToDoubles();
        int[] row;
        int[] column;
        if (instance.Attributes!.TryGetValue("coords", out var coordinates) && coordinates is PickleTuple { Count: 2 } pair)
        {
            row = (pair[0] as NdArray ?? throw Wrong(instance, "its coordinates are no arrays")).ToInt32s();
            column = (pair[1] as NdArray ?? throw Wrong(instance, "its coordinates are no arrays")).ToInt32s();
        }
        else
        {
            row = ReadArray(instance, "row").ToInt32s();
            column = ReadArray(instance, "col").ToInt32s();
        }

        if (row.Length != data.Length || column.Length != data.Length)
        {
            throw Wrong(instance, $"it has {data.Length} values, {row.Length} rows and {column.Length} columns");
        }

        CheckIndices(instance, row, rows);
        CheckIndices(instance, column, columns);
        return FromTriples(instance, rows, columns, row, column, data);
    }

    /// <summary>
    /// Diagonals: <c>data[k, j]</c> is the element of column j on the diagonal <c>offsets[k]</c>, counted upwards from the main one.
    /// </summary>
    private static SparseArray FromDiagonals(PickleObject instance)
    {
        var (rows, columns) = ReadShape(instance);
        var array = ReadArray(instance, "data");
        var offsets = ReadArray(instance, "offsets").ToInt64s();
        if (array.Shape.Count != 2 || array.Shape[0] != offsets.Length)
        {
            throw Wrong(instance, $"it has {offsets.Length} offsets and diagonals of shape ({string.Join(", ", array.Shape)})");
        }

        var data = array.ToDoubles();
        var width = array.Shape[1];
        var row = new List<int>(data.Length);
        var column = new List<int>(data.Length);
        var values = new List<double>(data.Length);
        for (var k = 0; k < offsets.Length; k++)
        {
            for (var j = 0; j < Math.Min(width, columns); j++)
            {
                var i = j - offsets[k];
                if (i >= 0 && i < rows && data[(k * width) + j] != 0)
                {
                    row.Add((int)i);
                    column.Add(j);
                    values.Add(data[(k * width) + j]);
                }
            }
        }

        return FromTriples(instance, rows, columns, [.. row], [.. column], [.. values]);
    }

    private static SparseArray FromTriples(
        PickleObject instance, int rows, int columns, ReadOnlySpan<int> row, ReadOnlySpan<int> column, ReadOnlySpan<double> values)
    {
        if (rows > MaxConvertedRows)
        {
            throw new PickleException(
                PickleErrorCode.LimitExceeded,
                $"A {instance.Class.Name} of {rows} rows is too large to convert; {MaxConvertedRows} are allowed.");
        }

        var pointers = new int[rows + 1];
        foreach (var i in row)
        {
            pointers[i + 1]++;
        }

        for (var i = 0; i < rows; i++)
        {
            pointers[i + 1] += pointers[i];
        }

        var next = pointers[..^1];
        var indices = new int[values.Length];
        var data = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var target = next[row[i]]++;
            indices[target] = column[i];
            data[target] = values[i];
        }

        return new SparseArray(rows, columns, data, indices, pointers);
    }
}
