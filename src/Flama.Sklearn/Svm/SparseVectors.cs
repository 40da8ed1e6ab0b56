using Flama.Pickle.Scipy;

namespace Flama.Sklearn.Svm;

/// <summary>Support vectors without their zeros, columns ascending, and their products with a row of the same form.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class SparseVectors
{
    private readonly int[] starts;
    private readonly int[] columns;
    private readonly double[] values;

    public SparseVectors(SparseArray matrix)
    {
        Rows = matrix.Rows;
        Columns = matrix.Columns;
        starts = matrix.IndexPointers;
        columns = matrix.Indices[..starts[^1]];
        values = matrix.Data[..starts[^1]];
        for (var row = 0; row < Rows; row++)
        {
            Sort(columns.AsSpan(starts[row]..starts[row + 1]), values.AsSpan(starts[row]..starts[row + 1]));
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Sorts a row's entries by their columns.</summary>
    public static void Sort(Span<int> columns, Span<double> values)
    {
        for (var i = 1; i < columns.Length; i++)
        {
            if (columns[i] < columns[i - 1])
            {
                columns.Sort(values);
                return;
            }
        }
    }

    /// <summary>Σ xⱼ·vⱼ for support vector v.</summary>
    /// <param name="row">The number of v.</param>
    /// <param name="at">The columns of x that are not zero, ascending.</param>
    /// <param name="x">Their values.</param>
    public double Dot(int row, ReadOnlySpan<int> at, ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        var i = starts[row];
        var j = 0;
        while (i < starts[row + 1] && j < at.Length)
        {
            if (columns[i] == at[j])
            {
                sum += values[i++] * x[j++];
            }
            else if (columns[i] < at[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }

    /// <summary>Σ (xⱼ − vⱼ)² for support vector v.</summary>
    /// <param name="row">The number of v.</param>
    /// <param name="at">The columns of x that are not zero, ascending.</param>
    /// <param name="x">Their values.</param>
    public double SquaredDistance(int row, ReadOnlySpan<int> at, ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        var i = starts[row];
        var end = starts[row + 1];
        var j = 0;
        while (i < end || j < at.Length)
        {
            var both = i < end && j < at.Length && columns[i] == at[j];
            var takesVector = both || (i < end && (j == at.Length || columns[i] < at[j]));
            var difference = (takesVector ? values[i] : 0) - (both || !takesVector ? x[j] : 0);
            sum += difference * difference;
            i += takesVector ? 1 : 0;
            j += both || !takesVector ? 1 : 0;
        }

        return sum;
    }
}
