using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Ensemble;

/// <summary>The nodes of one <c>TreePredictor</c> after the other, as their file has them. Its buffers are used again.</summary>
internal sealed class HistNodes
{
    // A file of a few bytes can name one tree any number of times; scikit-learn's trees never share their nodes.
    private readonly HashSet<NdArray> seen = new(ReferenceEqualityComparer.Instance);
    private int[] left = [];
    private int[] right = [];
    private int[] feature = [];
    private int[] set = [];
    private double[] threshold = [];
    private double[] value = [];
    private byte[] missingLeft = [];
    private byte[] isLeaf = [];
    private byte[] isCategorical = [];
    private SplitSource<double>[] splits = [];

    /// <summary>How many nodes were read last.</summary>
    public int Count { get; private set; }

    /// <summary>Whether some node may look categories up.</summary>
    public bool HasCategories { get; private set; }

    /// <summary>Reads the nodes of a tree.</summary>
    public void Read(EstimatorState state)
    {
        var table = state.Array("nodes");
        if (table.Type.Fields.Count == 0 || table.Shape.Count != 1 || table.Length == 0)
        {
            throw state.Fail($"its nodes are {PythonType.NameOf(table)}");
        }

        if (!seen.Add(table))
        {
            throw state.Fail("its nodes are those of a tree before it");
        }

        Count = table.Length;
        Reserve();
        Copy(state, table, "left", left);
        Copy(state, table, "right", right);
        Copy(state, table, "feature_idx", feature);
        Copy(state, table, table.HasField("num_threshold") ? "num_threshold" : "threshold", threshold);
        Copy(state, table, "value", value);
        Copy(state, table, "missing_go_to_left", missingLeft);
        Copy(state, table, "is_leaf", isLeaf);
        HasCategories = table.HasField("is_categorical");
        if (HasCategories)
        {
            Copy(state, table, "is_categorical", isCategorical);
            HasCategories = isCategorical.AsSpan(0, Count).ContainsAnyExcept((byte)0);
        }

        if (HasCategories)
        {
            Copy(state, table, "bitset_idx", set);
        }
    }

    /// <summary>Whether a node looks categories up, and how.</summary>
    public bool IsCategorical(int node, out int column, out int categories, out bool missingGoesLeft)
    {
        column = feature[node];
        categories = set[node];
        missingGoesLeft = missingLeft[node] != 0;
        return HasCategories && isCategorical[node] != 0 && isLeaf[node] == 0;
    }

    /// <summary>The nodes that were read last; until the next are.</summary>
    /// <param name="state">The tree, for errors.</param>
    /// <param name="tables">For each node the number of its table of categories, −1 for none; null when no node has one.</param>
    public ReadOnlySpan<SplitSource<double>> ToSplits(EstimatorState state, int[]? tables)
    {
        for (var node = 0; node < Count; node++)
        {
            splits[node] = isLeaf[node] != 0 ? SplitSource<double>.Leaf(value[node], node) : Split(state, node, tables is null ? -1 : tables[node]);
        }

        return splits.AsSpan(0, Count);
    }

    private SplitSource<double> Split(EstimatorState state, int node, int table)
    {
        if (double.IsNaN(threshold[node]) && table < 0)
        {
            throw state.Fail($"node {node} compares with NaN");
        }

        var missing = table >= 0 ? MissingCell.IsCategory
            : missingLeft[node] != 0 ? MissingCell.GoesLeft
            : double.IsPositiveInfinity(threshold[node]) ? MissingCell.IsOne
            : MissingCell.GoesRight;
        return new(missing == MissingCell.IsOne ? 0.5 : Above(threshold[node]), left[node] < 0 ? int.MaxValue : left[node], right[node], feature[node], missing, table, node);
    }

    // The smallest number above the threshold: x > threshold is x ≥ it. Nothing is above +∞, or at least NaN.
    private static double Above(double threshold) => double.IsPositiveInfinity(threshold) ? double.NaN : double.BitIncrement(threshold);

    private void Copy<T>(EstimatorState state, NdArray table, string name, T[] target)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        if (!table.HasField(name))
        {
            throw state.Fail($"its nodes have no field '{name}'");
        }

        table.CopyField(name, target.AsSpan(0, Count));
    }

    private void Reserve()
    {
        if (left.Length >= Count)
        {
            return;
        }

        left = new int[Count];
        right = new int[Count];
        feature = new int[Count];
        set = new int[Count];
        threshold = new double[Count];
        value = new double[Count];
        missingLeft = new byte[Count];
        isLeaf = new byte[Count];
        isCategorical = new byte[Count];
        splits = new SplitSource<double>[Count];
    }
}
