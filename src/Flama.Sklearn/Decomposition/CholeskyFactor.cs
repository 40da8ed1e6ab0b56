namespace Flama.Sklearn.Decomposition;

/// <summary>The Cholesky factor of the Gram matrix of chosen atoms, grown atom by atom.</summary>
internal sealed class CholeskyFactor(Matrix gram, int capacity)
{
    private readonly double[] factor = new double[capacity * capacity];
    private readonly int[] atoms = new int[capacity];

    /// <summary>The chosen atoms, in the order they were chosen.</summary>
    public ReadOnlySpan<int> Atoms => atoms.AsSpan(0, Count);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all atoms.</summary>
    public void Clear() => Count = 0;

    /// <summary>What is left of an atom's squared length once the chosen ones are projected out; it becomes the last row's diagonal if added.</summary>
    public double Rest(int atom)
    {
        var row = factor.AsSpan(Count * capacity, Count);
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            var value = gram[atom, atoms[i]];
            for (var j = 0; j < i; j++)
            {
                value -= factor[(i * capacity) + j] * row[j];
            }

            row[i] = value / factor[(i * capacity) + i];
            sum += row[i] * row[i];
        }

        return gram[atom, atom] - sum;
    }

    /// <summary>Adds the atom that <see cref="Rest"/> was asked for last.</summary>
    /// <param name="atom">The atom.</param>
    /// <param name="diagonal">The root of its rest.</param>
    public void Add(int atom, double diagonal)
    {
        factor[(Count * capacity) + Count] = diagonal;
        atoms[Count++] = atom;
    }

    /// <summary>Replaces the right side of the normal equations of the chosen atoms by their solution.</summary>
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
