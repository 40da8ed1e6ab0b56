using System.Numerics;

namespace Flama.Trees;

/// <summary>The trees of a model, whatever their nodes look like. Immutable and thread-safe. Built by <see cref="SplitTreesBuilder{T}"/>.</summary>
/// <typeparam name="T">The type that cells are compared in: float32 for most libraries, float64 for histogram boosting and LightGBM.</typeparam>
internal abstract class SplitTrees<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many trees.</summary>
    public abstract int Count { get; }

    /// <summary>Takes every row from the roots to the leaves, the leaves of a row in the order of the trees.</summary>
    /// <param name="input">Numeric or sparse rows, with as many columns as the trees were built for.</param>
    /// <param name="sink">Takes the values of the leaves.</param>
    public abstract void Walk<TSink>(FeatureBatch input, ref TSink sink)
        where TSink : struct, ILeafSink<T>, allows ref struct;

    /// <summary>Writes the number in the file of the leaf that each row ends in, one column per tree.</summary>
    public abstract void FindLeaves(FeatureBatch input, OutputSlice output);
}
