using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Tree;

/// <summary>The nodes of one tree after the other, as their file has them. Its buffers are used again, so that a forest needs those of its largest tree.</summary>
internal sealed class TreeNodes
{
    private const int Leaf = -1;

    // A file of a few bytes can name one tree any number of times; scikit-learn's trees never share their nodes.
    private readonly HashSet<NdArray> seen = new(ReferenceEqualityComparer.Instance);

    private int[] left = [];
    private int[] right = [];
    private int[] feature = [];
    private double[] threshold = [];
    private byte[] missingLeft = [];
    private SplitSource<float>[] splits = [];
    private bool hasMissing;
    private int count;

    /// <summary>Reads the nodes of a tree.</summary>
    /// <param name="state">The tree.</param>
    /// <param name="takesMissing">Whether missing cells can come in.</param>
    /// <returns>How many there are.</returns>
    public int Read(EstimatorState state, bool takesMissing)
    {
        var table = state.Array("nodes");
        if (table.Type.Fields.Count == 0 || table.Shape.Count != 1)
        {
            throw state.Fail($"its nodes are {PythonType.NameOf(table)}");
        }

        if (!seen.Add(table))
        {
            throw state.Fail("its nodes are those of a tree before it");
        }

        count = Math.Min(state.Integer("node_count", table.Length), table.Length);
        if (count <= 0)
        {
            throw state.Fail($"it has {count} nodes");
        }

        Reserve();
        table.CopyField("left_child", left.AsSpan(0, count));
        table.CopyField("right_child", right.AsSpan(0, count));
        table.CopyField("feature", feature.AsSpan(0, count));
        table.CopyField("threshold", threshold.AsSpan(0, count));
        hasMissing = takesMissing && table.HasField("missing_go_to_left");
        if (hasMissing)
        {
            table.CopyField("missing_go_to_left", missingLeft.AsSpan(0, count));
        }

        return count;
    }

    /// <summary>The nodes that were read last; until the next are.</summary>
    /// <param name="state">The tree, for errors.</param>
    /// <param name="columns">For each column of the tree that of the model; null when they are the same.</param>
    /// <param name="numberOf">Gives the node of a leaf its number among all leaves.</param>
    public ReadOnlySpan<SplitSource<float>> ToSplits(EstimatorState state, int[]? columns, Func<int, int> numberOf)
    {
        for (var node = 0; node < count; node++)
        {
            splits[node] = left[node] == Leaf
                ? SplitSource<float>.Leaf(LeafNumber.ToValue<float>(numberOf(node)), node)
                : Split(state, node, columns);
        }

        return splits.AsSpan(0, count);
    }

    private SplitSource<float> Split(EstimatorState state, int node, int[]? columns)
    {
        if (double.IsNaN(threshold[node]))
        {
            throw state.Fail($"node {node} compares with NaN");
        }

        var column = columns is null ? feature[node] : (uint)feature[node] < (uint)columns.Length ? columns[feature[node]] : -1;
        var missing = !hasMissing || missingLeft[node] != 0 ? MissingCell.GoesLeft
            : double.IsPositiveInfinity(threshold[node]) ? MissingCell.IsOne
            : MissingCell.GoesRight;

        // A child that is negative is none: one that cannot be there says so.
        return new(
            missing == MissingCell.IsOne ? 0.5f : Above(threshold[node]), left[node] < 0 ? int.MaxValue : left[node], right[node], column, missing, -1, node);
    }

    // The smallest float32 above the threshold: x > threshold is x ≥ it for every x of that type. Nothing is above +∞, or at least NaN.
    private static float Above(double threshold)
    {
        var rounded = (float)threshold;
        return double.IsPositiveInfinity(threshold) ? float.NaN : rounded > threshold ? rounded : float.BitIncrement(rounded);
    }

    private void Reserve()
    {
        if (left.Length >= count)
        {
            return;
        }

        left = new int[count];
        right = new int[count];
        feature = new int[count];
        threshold = new double[count];
        missingLeft = new byte[count];
        splits = new SplitSource<float>[count];
    }
}
