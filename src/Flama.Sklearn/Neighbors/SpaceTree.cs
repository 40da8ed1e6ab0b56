using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Neighbors;

/// <summary>
/// A tree that scikit-learn stored with its training rows: each node has a run of the rows, children halve it. A node knows a box around its rows (KDTree), or a centre and a radius
/// (BallTree). Immutable and thread-safe.
/// </summary>
internal sealed class SpaceTree
{
    private readonly Metric metric;
    private readonly double power;
    private readonly double[] bounds;
    private readonly double[] radius;
    private readonly int[] starts;
    private readonly int[] ends;
    private readonly long[] leaves;

    private SpaceTree(EstimatorState state, IReadOnlyList<object?> parts, Matrix rows, bool isBall)
    {
        Rows = rows;
        metric = new MetricReader(state, rows.Columns).Read();
        power = isBall ? 0 : PowerOf(state);
        Order = state.AsIntegers(parts[1], "tree_.idx_array");
        var nodes = parts[2] as NdArray ?? throw state.Fail("its tree has no nodes");
        (starts, ends, leaves, radius) = (new int[nodes.Length], new int[nodes.Length], new long[nodes.Length], new double[nodes.Length]);
        nodes.CopyField("idx_start", starts.AsSpan());
        nodes.CopyField("idx_end", ends.AsSpan());
        nodes.CopyField("is_leaf", leaves.AsSpan());
        nodes.CopyField("radius", radius.AsSpan());
        bounds = parts[3] is NdArray { IsNumeric: true, Shape: [var sides, var count, var columns] } array
            && sides == (isBall ? 1 : 2) && count == nodes.Length && columns == rows.Columns
            ? array.ToDoubles()
            : throw state.Fail($"its tree has not the bounds of {nodes.Length} nodes of {rows.Columns} columns");
        Check(state);
    }

    /// <summary>The training rows.</summary>
    public Matrix Rows { get; }

    /// <summary>The numbers of the rows, in the order of the leaves.</summary>
    public int[] Order { get; }

    /// <summary>How many nodes there are; the children of node i are 2i + 1 and 2i + 2.</summary>
    public int Nodes => starts.Length;

    /// <summary>Reads the state of a pickled tree.</summary>
    /// <param name="state">The estimator that has it.</param>
    /// <param name="parts">Rows, order, nodes, bounds and more.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="isBall">Whether its nodes are balls rather than boxes.</param>
    public static SpaceTree Read(EstimatorState state, IReadOnlyList<object?> parts, Matrix rows, bool isBall) => parts.Count > 3
        ? new(state, parts, rows, isBall)
        : throw state.Fail($"its tree has {parts.Count} parts");

    /// <summary>Whether a node has no children.</summary>
    public bool IsLeaf(int node) => leaves[node] != 0;

    /// <summary>The numbers of a node's rows.</summary>
    public ReadOnlySpan<int> RowsOf(int node) => Order.AsSpan(starts[node]..ends[node]);

    /// <summary>The distance of a row to a training row.</summary>
    public double Distance(ReadOnlySpan<double> x, int row) => metric.FromRank(metric.Rank(x, Rows.Row(row)));

    /// <summary>The rank of a row's distance to a training row.</summary>
    public double Rank(ReadOnlySpan<double> x, int row) => metric.Rank(x, Rows.Row(row));

    /// <summary>The distance that a rank stands for.</summary>
    public double FromRank(double rank) => metric.FromRank(rank);

    /// <summary>The rank of what a node's rows are at least away from a row.</summary>
    public double LeastRank(ReadOnlySpan<double> x, int node)
    {
        if (power == 0)
        {
            return metric.ToRank(Range(x, node).Nearest);
        }

        var low = bounds.AsSpan(node * x.Length, x.Length);
        var high = bounds.AsSpan((Nodes + node) * x.Length, x.Length);
        var rank = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var (below, above) = (low[i] - x[i], x[i] - high[i]);
            var least = 0.5 * (below + Math.Abs(below) + (above + Math.Abs(above)));
            rank = double.IsPositiveInfinity(power) ? Math.Max(rank, least) : rank + (power == 2 ? least * least : Math.Pow(least, power));
        }

        return rank;
    }

    /// <summary>What a node's rows are at least and at most away from a row.</summary>
    public (double Nearest, double Farthest) Range(ReadOnlySpan<double> x, int node)
    {
        var low = bounds.AsSpan(node * x.Length, x.Length);
        if (power == 0)
        {
            var distance = metric.FromRank(metric.Rank(x, low));
            return (Math.Max(0, distance - radius[node]), distance + radius[node]);
        }

        var high = bounds.AsSpan((Nodes + node) * x.Length, x.Length);
        var (nearest, farthest) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (below, above) = (low[i] - x[i], x[i] - high[i]);
            var least = 0.5 * (below + Math.Abs(below) + (above + Math.Abs(above)));
            var most = Math.Max(Math.Abs(below), Math.Abs(above));
            (nearest, farthest) = double.IsPositiveInfinity(power)
                ? (Math.Max(nearest, least), Math.Max(farthest, most))
                : (nearest + Math.Pow(least, power), farthest + Math.Pow(most, power));
        }

        return double.IsPositiveInfinity(power) ? (nearest, farthest) : (Math.Pow(nearest, 1 / power), Math.Pow(farthest, 1 / power));
    }

    private static double PowerOf(EstimatorState state) => MetricReader.NameOf(state) switch
    {
        "euclidean" => 2,
        "manhattan" => 1,
        "chebyshev" => double.PositiveInfinity,
        "minkowski" => MetricReader.PowerOf(state),
        var name => throw state.Fail($"its tree has boxes for the metric '{name}'"),
    };

    // Children share their parent's rows, so that no walk reads more than all rows.
    private void Check(EstimatorState state)
    {
        var rows = Rows.Rows;
        if (Nodes == 0 || starts[0] != 0 || ends[0] != rows || Order.Length != rows || Array.Exists(Order, row => row < 0 || row >= rows))
        {
            throw state.Fail("its tree does not have its training rows");
        }

        for (var node = 0; node < Nodes; node++)
        {
            var (left, right) = ((2L * node) + 1, (2L * node) + 2);
            if (IsLeaf(node) ? starts[node] < 0 || ends[node] < starts[node] || ends[node] > rows
                : right >= Nodes || starts[left] != starts[node] || ends[left] != starts[right] || ends[right] != ends[node])
            {
                throw state.Fail($"node {node} of its tree does not share its rows with its children");
            }
        }
    }
}
