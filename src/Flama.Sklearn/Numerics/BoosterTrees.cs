using System.Numerics;

namespace Flama.Sklearn.Numerics;

/// <summary>The trees of a boosted model, whatever their nodes look like. Immutable and thread-safe.</summary>
/// <typeparam name="T">The type that cells are compared and leaves are summed in: float32 as XGBoost does, float64 as LightGBM does.</typeparam>
internal abstract class BoosterTrees<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many trees.</summary>
    public abstract int Count { get; }

    /// <summary>Adds the value of each tree's leaf to the sums of the tree's column, in the order of the trees.</summary>
    /// <param name="input">Numeric or sparse rows, with as many columns as the trees were built for.</param>
    /// <param name="sums">Row-major, as many rows.</param>
    /// <param name="width">Columns of <paramref name="sums"/>.</param>
    public abstract void Accumulate(FeatureBatch input, Span<T> sums, int width);

    /// <summary>Writes the number in the file of the leaf that each row ends in, one column a tree.</summary>
    public abstract void FindLeaves(FeatureBatch input, OutputSlice output);
}
