using System.Numerics;

namespace Flama.Trees;

/// <summary>Takes the values of the leaves that rows end in.</summary>
/// <typeparam name="T">The type of values.</typeparam>
internal interface ILeafSink<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Takes the leaves of one tree for some rows.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="column">The column it adds to.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="values">One value per row.</param>
    void AddRows(int tree, int column, int firstRow, scoped ReadOnlySpan<T> values);

    /// <summary>Takes the leaves of some trees for one row.</summary>
    /// <param name="firstTree">The first tree.</param>
    /// <param name="columns">The columns they add to.</param>
    /// <param name="period">See <see cref="RoundSums.PeriodOf"/>.</param>
    /// <param name="row">The row.</param>
    /// <param name="values">One value per tree.</param>
    void AddTrees(int firstTree, scoped ReadOnlySpan<int> columns, int period, int row, scoped ReadOnlySpan<T> values);
}
