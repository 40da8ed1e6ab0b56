namespace Flama.Sklearn.Numerics;

/// <summary>The Cholesky factor of a part of a symmetric positive matrix, grown row by row.</summary>
internal sealed class CholeskyFactor(Matrix matrix, int capacity)
{
    private readonly double[] factor = new double[capacity * capacity];
    private readonly int[] chosen = new int[capacity];

    /// <summary>The chosen rows, in the order they were chosen.</summary>
    public ReadOnlySpan<int> Rows => chosen.AsSpan(0, Count);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>What is left of a row's diagonal once the chosen ones are projected out; its root becomes the diagonal of the factor when the row is added.</summary>
    public double Rest(int row)
    {
        var line = factor.AsSpan(Count * capacity, Count);
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            var value = matrix[row, chosen[i]];
            for (var j = 0; j < i; j++)
            {
                value -= factor[(i * capacity) + j] * line[j];
            }

            line[i] = value / factor[(i * capacity) + i];
            sum += line[i] * line[i];
        }

        return matrix[row, row] - sum;
    }

    /// <summary>Adds the row that <see cref="Rest"/> was asked for last.</summary>
    /// <param name="row">The row.</param>
    /// <param name="diagonal">The root of its rest.</param>
    public void Add(int row, double diagonal)
    {
        factor[(Count * capacity) + Count] = diagonal;
        chosen[Count++] = row;
    }

    /// <summary>Replaces the right side of the equations of the chosen rows by their solution.</summary>
    public void Solve(Span<double> values)
    {
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                values[i] -= factor[(i * capacity) + j] * values[j];
            }

            values[i] /= factor[(i * capacity) + i];
        }

        for (var i = Count - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < Count; j++)
            {
                values[i] -= factor[(j * capacity) + i] * values[j];
            }

            values[i] /= factor[(i * capacity) + i];
        }
    }
}
