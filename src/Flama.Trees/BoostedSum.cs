using System.Numerics;

namespace Flama.Trees;

/// <summary>Sums of leaves, tree by tree, in the type that cells are compared in: boosting as XGBoost (float32) and LightGBM (float64) do it.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Leaves">What leaves add, their values being <see cref="LeafNumber"/>; null when their values are what they add.</param>
/// <typeparam name="T">The type of cells and sums.</typeparam>
internal sealed record BoostedSum<T>(SplitTrees<T> Trees, ILeafModel<T>? Leaves)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds the value of each tree's leaf to the sums of the tree's column, in the order of the trees.</summary>
    /// <param name="input">Numeric or sparse rows, with as many columns as the trees were built for.</param>
    /// <param name="sums">Row-major, as many rows.</param>
    /// <param name="width">Columns of <paramref name="sums"/>.</param>
    public void Accumulate(FeatureBatch input, Span<T> sums, int width)
    {
        if (Leaves is not null)
        {
            var models = new LeafModelSink<T>(Leaves, input, sums, width);
            Trees.Walk(input, ref models);
            return;
        }

        var values = new SumSink<T>(sums, width);
        Trees.Walk(input, ref values);
    }
}
