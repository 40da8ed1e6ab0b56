using System.Numerics;

namespace Flama.Trees;

/// <summary>What leaves that are no single number add to a row.</summary>
/// <typeparam name="T">The type of sums.</typeparam>
internal interface ILeafModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its number, see <see cref="LeafNumber"/>.</param>
    /// <param name="input">The rows.</param>
    /// <param name="row">Which row.</param>
    /// <param name="sums">The row's sums.</param>
    /// <param name="column">The tree's column.</param>
    void Add(int leaf, FeatureBatch input, int row, Span<T> sums, int column);
}
