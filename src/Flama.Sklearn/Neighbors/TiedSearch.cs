using Flama.Pickle;

namespace Flama.Sklearn.Neighbors;

/// <summary>
/// A search whose equal distances fall as scikit-learn's do: where a row has some, the stored tree is walked as it does, nearer child first, and its heap decides which rows
/// stay and in which order.
/// </summary>
/// <remarks>
/// Whole numbers have many equal distances, others hardly any, and those are found faster without the tree. Source: sklearn.neighbors._binary_tree and sklearn.utils._heap, checked
/// against 1.2.1 and 1.9.1.
/// </remarks>
/// <param name="inner">Finds the rows where distances differ.</param>
/// <param name="tree">The stored tree.</param>
internal sealed class TiedSearch(NeighborSearch inner, SpaceTree tree) : NeighborSearch
{
    public override int Count => inner.Count;

    public override int Columns => inner.Columns;

    public override InputRule Input => inner.Input;

    /// <summary>The tree that an estimator has; null when it has none, or one whose boxes another metric measures.</summary>
    public static SpaceTree? TreeOf(EstimatorState state, Matrix rows)
    {
        if (state.Value("_tree") is not PickleObject { State: PickleTuple parts } pickled)
        {
            return null;
        }

        var isBall = pickled.Class.Name.StartsWith("BallTree", StringComparison.Ordinal);
        return isBall || MetricReader.NameOf(state) is "euclidean" or "manhattan" or "chebyshev" or "minkowski"
            ? SpaceTree.Read(state, parts.Items, rows, isBall)
            : null;
    }

    public override void Find(FeatureBatch input, int count, Span<int> indices, Span<double> distances)
    {
        // One more than wanted: the last that stays may be as far as the first that does not.
        var more = Math.Min(count + 1, Count);
        var found = new int[input.Rows * more];
        using var scratch = new Scratch(found.Length);
        inner.Find(input, more, found, scratch.Span);
        for (var row = 0; row < input.Rows; row++)
        {
            var lengths = scratch.Span.Slice(row * more, more);
            var near = indices.Slice(row * count, count);
            var far = distances.Slice(row * count, count);
            if (HasEqual(lengths))
            {
                Walk(input.Row(row), near, far);
                continue;
            }

            found.AsSpan(row * more, count).CopyTo(near);
            lengths[..count].CopyTo(far);
        }
    }

    public override int Within(FeatureBatch input, int row, double radius, Span<int> indices, Span<double> distances) =>
        inner.Within(input, row, radius, indices, distances);

    private static bool HasEqual(ReadOnlySpan<double> distances)
    {
        for (var i = 1; i < distances.Length; i++)
        {
            if (distances[i] == distances[i - 1])
            {
                return true;
            }
        }

        return false;
    }

    private void Walk(ReadOnlySpan<double> x, Span<int> indices, Span<double> distances)
    {
        indices.Clear();
        distances.Fill(double.PositiveInfinity);
        var heap = new FarthestHeap(distances, indices);
        Visit(x, 0, tree.LeastRank(x, 0), heap);
        heap.Sort();
        foreach (ref var distance in distances)
        {
            distance = tree.FromRank(distance);
        }
    }

    private void Visit(ReadOnlySpan<double> x, int node, double least, FarthestHeap heap)
    {
        if (least > heap.Farthest)
        {
            return;
        }

        if (tree.IsLeaf(node))
        {
            foreach (var row in tree.RowsOf(node))
            {
                heap.Push(tree.Rank(x, row), row);
            }

            return;
        }

        var (left, right) = ((2 * node) + 1, (2 * node) + 2);
        var (toLeft, toRight) = (tree.LeastRank(x, left), tree.LeastRank(x, right));
        if (toLeft <= toRight)
        {
            Visit(x, left, toLeft, heap);
            Visit(x, right, toRight, heap);
        }
        else
        {
            Visit(x, right, toRight, heap);
            Visit(x, left, toLeft, heap);
        }
    }
}
