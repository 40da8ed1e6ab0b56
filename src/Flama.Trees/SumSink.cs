using System.Numerics;

namespace Flama.Trees;

/// <summary>Adds leaf values in their own type.</summary>
/// <param name="sums">Row-major.</param>
/// <param name="width">Columns of <paramref name="sums"/>.</param>
/// <typeparam name="T">The type of values and sums.</typeparam>
internal readonly ref struct SumSink<T>(Span<T> sums, int width) : ILeafSink<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> sums = sums;

    public void AddRows(int tree, int column, int firstRow, scoped ReadOnlySpan<T> values)
    {
        if (width == 1)
        {
            AddTo(sums[firstRow..], values);
            return;
        }

        var at = (firstRow * width) + column;
        foreach (var value in values)
        {
            sums[at] += value;
            at += width;
        }
    }

    public void AddTrees(int firstTree, scoped ReadOnlySpan<int> columns, int period, int row, scoped ReadOnlySpan<T> values)
    {
        var target = sums.Slice(row * width, width);
        if (period > 0)
        {
            RoundSums.Add(target, period, firstTree, values);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            target[columns[i]] += values[i];
        }
    }

    private static void AddTo(Span<T> target, scoped ReadOnlySpan<T> values)
    {
        var i = 0;
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (new Vector<T>(target[i..]) + new Vector<T>(values[i..])).CopyTo(target[i..]);
        }

        for (; i < values.Length; i++)
        {
            target[i] += values[i];
        }
    }
}
