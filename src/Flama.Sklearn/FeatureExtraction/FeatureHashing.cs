using System.Buffers;
using System.Text;
using Flama.Sklearn.FeatureExtraction.Text;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Adds values to the columns that hashes of names point to, with alternating signs where <c>alternate_sign</c> says so.</summary>
/// <remarks>A name is hashed as UTF-8. Immutable and thread-safe.</remarks>
internal sealed class FeatureHashing
{
    private const int StackBytes = 512;

    private readonly bool alternatesSign;

    public FeatureHashing(EstimatorState state)
    {
        Columns = state.Integer("n_features");
        alternatesSign = state.Flag("alternate_sign", true);
        if (Columns < 1)
        {
            throw state.Fail($"it hashes to {Columns} columns");
        }
    }

    /// <summary>How many columns there are.</summary>
    public int Columns { get; }

    /// <summary>Adds a value to the column of a name.</summary>
    public void Add(ReadOnlySpan<char> name, double value, TermCounts sums)
    {
        var size = Encoding.UTF8.GetMaxByteCount(name.Length);
        byte[]? rented = null;
        var bytes = size <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(size);
        var hash = MurmurHash3.Hash(bytes[..Encoding.UTF8.GetBytes(name, bytes)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        sums.Add(ColumnOf(hash), alternatesSign && hash < 0 ? -value : value);
    }

    // The smallest int has no absolute value; scikit-learn computes its remainder in two steps.
    private int ColumnOf(int hash) => hash == int.MinValue ? (int.MaxValue - (Columns - 1)) % Columns : Math.Abs(hash) % Columns;
}
