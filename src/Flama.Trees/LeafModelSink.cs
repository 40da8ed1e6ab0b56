using System.Numerics;

namespace Flama.Trees;

/// <summary>Adds what leaves that are no single number give for a row.</summary>
/// <param name="leaves">The leaves, values being their <see cref="LeafNumber"/>.</param>
/// <param name="input">The rows that are walked.</param>
/// <param name="sums">Row-major.</param>
/// <param name="width">Columns of <paramref name="sums"/>.</param>
/// <typeparam name="T">The type of sums.</typeparam>
internal readonly ref struct LeafModelSink<T>(ILeafModel<T> leaves, FeatureBatch input, Span<T> sums, int width) : ILeafSink<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> sums = sums;

    public void AddRows(int tree, int column, int firstRow, scoped ReadOnlySpan<T> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            leaves.Add(LeafNumber.Of(values[i]), input, firstRow + i, sums.Slice((firstRow + i) * width, width), column);
        }
    }

    public void AddTrees(int firstTree, scoped ReadOnlySpan<int> columns, int period, int row, scoped ReadOnlySpan<T> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            leaves.Add(LeafNumber.Of(values[i]), input, row, sums.Slice(row * width, width), columns[i]);
        }
    }
}
