using System.Buffers;
using System.Numerics;

namespace Flama.Sklearn.Numerics;

/// <summary>The trees of a model in one array, level by level, and the values of their leaves in another.</summary>
/// <remarks>
/// Rows are taken in blocks, and a tree walks a whole block before the next tree does, eight rows in step: a step is a load, a comparison and an
/// addition without a branch, and eight of them in flight hide each other's latency. A few rows alone are walked through eight trees in step
/// instead. Sums run in the order of the trees, as scikit-learn's do. Built by <see cref="TreeEnsembleBuilder{T,TNode}"/>, which checks that every step
/// stays inside. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">The type cells are compared in.</typeparam>
/// <typeparam name="TNode">The nodes.</typeparam>
internal sealed partial class TreeEnsemble<T, TNode>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TNode : unmanaged, ITreeNode<TNode, T>
{
    private const int RowBlock = TreeCells<T>.RowBlock;
    // Below this many rows, trees in step are faster than rows in step.
    private const int FewRows = 4;

    private readonly TreeCells<T> cells;
    private readonly TNode[] nodes;
    private readonly TreeSpan[] trees;
    private readonly TreeSpan[] groups;
    private readonly uint[] roots;
    private readonly int[] leaves;
    private readonly int[] numbers;
    private readonly double[] values;
    private readonly ulong[] tables;

    /// <summary>Takes over arrays that the builder checked.</summary>
    /// <param name="cells">The cells that nodes look at.</param>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="trees">Where each tree starts, and how deep its leaves lie.</param>
    /// <param name="leaves">For each node where its values start, if it is a leaf.</param>
    /// <param name="numbers">For each node its number in the file.</param>
    /// <param name="values">The values of all leaves.</param>
    /// <param name="tables">The tables of categories; the first has no bit set.</param>
    /// <param name="width">Values a leaf.</param>
    public TreeEnsemble(TreeCells<T> cells, TNode[] nodes, TreeSpan[] trees, int[] leaves, int[] numbers, double[] values, ulong[] tables, int width)
    {
        this.cells = cells;
        this.nodes = nodes;
        this.trees = trees;
        this.leaves = leaves;
        this.numbers = numbers;
        this.values = values;
        this.tables = tables;
        Width = width;
        roots = [.. trees.Select(tree => tree.Root)];
        Array.Resize(ref roots, (roots.Length + Lanes - 1) / Lanes * Lanes);
        groups = [.. trees.Chunk(Lanes).Select(group => TreeSpan.Of(0, group.Min(tree => tree.Sure), group.Max(tree => tree.Sure + tree.Rest)))];
    }

    /// <summary>Values a leaf.</summary>
    public int Width { get; }

    /// <summary>How many trees.</summary>
    public int Count => trees.Length;

    /// <summary>Adds each tree's leaf values to every row of the output.</summary>
    /// <param name="input">Numeric rows.</param>
    /// <param name="output">Where values are added; a tree writes <see cref="Width"/> columns.</param>
    /// <param name="columnsPerRound">Tree t adds at column t modulo this: the trees of one boosting round, one a class.</param>
    public void Accumulate(FeatureBatch input, OutputSlice output, int columnsPerRound = 1) => Walk(input, output, new ValueSink(this, columnsPerRound));

    /// <summary>Writes the number of the leaf that each row ends in, one column a tree, as scikit-learn's <c>apply</c> does.</summary>
    public void Apply(FeatureBatch input, OutputSlice output) => Walk(input, output, new NumberSink(this));

    private void Walk<TSink>(FeatureBatch input, OutputSlice output, TSink sink)
        where TSink : struct, ISink
    {
        var buffer = ArrayPool<T>.Shared.Rent(cells.Count * (input.Rows < FewRows ? 1 : RowBlock));
        var first = 0;
        while (input.Rows - first >= FewRows)
        {
            var rows = Math.Min(RowBlock, input.Rows - first);
            cells.FillBlock(input, first, rows, buffer);
            WalkBlock(buffer, output.SliceRows(first, rows), sink);
            first += rows;
        }

        for (; first < input.Rows; first++)
        {
            cells.FillRow(input, first, buffer);
            WalkRow(buffer, output.Row(first), sink);
        }

        ArrayPool<T>.Shared.Return(buffer);
    }
}
