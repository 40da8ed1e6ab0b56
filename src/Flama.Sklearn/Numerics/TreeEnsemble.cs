using System.Buffers;

namespace Flama.Sklearn.Numerics;

/// <summary>The trees of a model in one array, and the values of their leaves in another.</summary>
/// <remarks>
/// Thresholds are float32: scikit-learn rounds the feature to float32 and compares it with a float64 threshold, which is the same as comparing
/// with the largest float32 not above the threshold. Immutable and thread-safe.
/// </remarks>
internal sealed class TreeEnsemble
{
    // Rows whose cells, as float32, stay in the first-level cache while all trees pass over them.
    private const int RowBlock = 64;

    private readonly TreeNode[] nodes;
    private readonly int[] roots;
    private readonly double[] values;

    /// <summary>Takes over arrays that <see cref="Tree.TreeReader"/> checked.</summary>
    public TreeEnsemble(TreeNode[] nodes, int[] roots, double[] values, int width)
    {
        this.nodes = nodes;
        this.roots = roots;
        this.values = values;
        Width = width;
    }

    /// <summary>Values a leaf.</summary>
    public int Width { get; }

    /// <summary>How many trees.</summary>
    public int Count => roots.Length;

    /// <summary>Adds each tree's leaf values, times a factor, to every row of the output.</summary>
    /// <param name="input">Numeric rows.</param>
    /// <param name="output">Where values are added; a tree writes <see cref="Width"/> columns.</param>
    /// <param name="factor">What values are multiplied by.</param>
    /// <param name="columnsPerRound">Tree t adds at column t modulo this: the trees of one boosting round, one a class.</param>
    public void Accumulate(FeatureBatch input, OutputSlice output, double factor = 1, int columnsPerRound = 1)
    {
        var columns = input.Columns;
        var rented = ArrayPool<float>.Shared.Rent(Math.Min(input.Rows, RowBlock) * columns);
        try
        {
            for (var first = 0; first < input.Rows; first += RowBlock)
            {
                var count = Math.Min(RowBlock, input.Rows - first);
                var cells = rented.AsSpan(0, count * columns);
                ToFloat32(input.Numbers.Slice(first * columns, cells.Length), cells);
                for (var tree = 0; tree < roots.Length; tree++)
                {
                    AccumulateTree(tree, cells, columns, output.SliceRows(first, count), factor, columnsPerRound == 1 ? 0 : tree % columnsPerRound);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>The leaf a row ends in, numbered within the tree as scikit-learn's <c>apply</c> does.</summary>
    /// <param name="tree">Which tree.</param>
    /// <param name="row">The row's cells as float32.</param>
    public int Leaf(int tree, ReadOnlySpan<float> row) => Walk(roots[tree], row) - roots[tree];

    /// <summary>Rounds cells to float32.</summary>
    public static void ToFloat32(ReadOnlySpan<double> from, Span<float> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }

    private void AccumulateTree(int tree, ReadOnlySpan<float> cells, int columns, OutputSlice output, double factor, int column)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var leaf = nodes[Walk(roots[tree], cells.Slice(row * columns, columns))].Left;
            var target = output.Row(row)[column..];
            if (Width == 1)
            {
                target[0] += factor * values[leaf];
                continue;
            }

            var leafValues = values.AsSpan(leaf, Width);
            for (var i = 0; i < leafValues.Length; i++)
            {
                target[i] += factor * leafValues[i];
            }
        }
    }

    private int Walk(int node, ReadOnlySpan<float> row)
    {
        var all = nodes;
        while (true)
        {
            ref readonly var current = ref all[node];
            if (current.IsLeaf)
            {
                return node;
            }

            var value = row[current.Feature & TreeNode.MaxFeature];
            var goesLeft = value <= current.Threshold || (float.IsNaN(value) && (current.Feature & TreeNode.MissingGoesLeft) != 0);
            node = goesLeft ? current.Left : current.Right;
        }
    }
}
