using System.Numerics;

namespace Flama.Trees;

/// <summary>Trees in one array of nodes.</summary>
/// <remarks>
/// Rows are taken in blocks, and a tree walks some blocks before the next tree does, eight rows in step; a few rows alone are walked through eight
/// trees in step instead. In blocks, small trees and the upper levels of large ones are blended, see <see cref="BlendedTrees{T}"/>. A step is a comparison
/// and an addition without a branch, and eight in flight hide each other's latency. Trees with sets of categories are walked row by row.
/// </remarks>
/// <typeparam name="T">The type cells are compared in.</typeparam>
/// <typeparam name="TNode">The nodes.</typeparam>
internal sealed partial class FlatTrees<T, TNode> : SplitTrees<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TNode : unmanaged, ISplitNode<TNode, T>
{
    /// <summary>So many trees a sink takes together at most.</summary>
    public const int TreeBlock = 64;

    private const int RowBlock = SplitCells<T>.RowBlock;

    // Below this many rows, trees in step are faster than rows in step.
    private const int FewRows = 4;

    private readonly SplitCells<T> cells;
    private readonly TNode[] nodes;
    private readonly TreeSpan[] trees;
    private readonly TreeSpan[] groups;
    private readonly uint[] roots;
    private readonly int[] columns;
    private readonly int period;
    private readonly int[] numbers;
    private readonly ulong[] tables;
    private readonly CategorySets? sets;
    private readonly Lazy<BlendedTrees<T>?> blended;

    /// <summary>Takes over arrays that the builder checked.</summary>
    /// <param name="cells">The cells that splits look at.</param>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="trees">Where each tree starts, and how deep its leaves lie.</param>
    /// <param name="columns">For each tree the column it adds to.</param>
    /// <param name="numbers">For each node its number in the file; empty when they are not needed.</param>
    /// <param name="tables">The tables of categories; the first has no bit set.</param>
    /// <param name="sets">The sets of categories; null when there are none.</param>
    public FlatTrees(SplitCells<T> cells, TNode[] nodes, TreeSpan[] trees, int[] columns, int[] numbers, ulong[] tables, CategorySets? sets)
    {
        this.cells = cells;
        this.nodes = nodes;
        this.trees = trees;
        this.columns = columns;
        period = RoundSums.PeriodOf(columns);
        this.numbers = numbers;
        this.tables = tables;
        this.sets = sets;
        roots = [.. trees.Select(tree => tree.Root)];
        Array.Resize(ref roots, (roots.Length + Lanes - 1) / Lanes * Lanes);

        // Single rows never need them. A split by a table of categories is not a comparison with its value.
        blended = new(() => BlendedTrees<T>.IsSupported && tables.Length <= TableSplit.TableWords ? BlendedTreesBuilder<T, TNode>.Build(nodes, trees, cells.Count, cells.LeafSlot) : null);
        groups = [.. trees.Chunk(Lanes).Select(group => TreeSpan.Of(0, group.Min(tree => tree.Sure), group.Max(tree => tree.Sure + tree.Rest)))];
    }

    /// <inheritdoc/>
    public override int Count => trees.Length;

    /// <inheritdoc/>
    public override void Walk<TSink>(FeatureBatch input, ref TSink sink)
    {
        var row = input.Rows >= FewRows && cells.Count <= ManySlots ? WalkBlocks(input, ref sink) : 0;
        if (row == input.Rows)
        {
            return;
        }

        var buffer = BufferPool<T>.Rent(cells.Count);
        for (; row < input.Rows; row++)
        {
            cells.FillRow(input, row, buffer);
            if (sets is null)
            {
                WalkRow(buffer, row, ref sink);
            }
            else
            {
                WalkOneByOne(buffer, row, ref sink);
            }
        }

        BufferPool<T>.Return(buffer);
    }

    /// <inheritdoc/>
    public override void FindLeaves(FeatureBatch input, OutputSlice output)
    {
        var buffer = BufferPool<T>.Rent(cells.Count);
        for (var row = 0; row < input.Rows; row++)
        {
            cells.FillRow(input, row, buffer);
            for (var tree = 0; tree < trees.Length; tree++)
            {
                output[row, tree] = numbers[Walk(trees[tree].Root, buffer, 1)];
            }
        }

        BufferPool<T>.Return(buffer);
    }

    private void WalkRow<TSink>(ReadOnlySpan<T> cellsOfRow, int row, ref TSink sink)
        where TSink : struct, ILeafSink<T>, allows ref struct
    {
        Span<T> found = stackalloc T[TreeBlock];
        for (var first = 0; first < trees.Length; first += TreeBlock)
        {
            var count = Math.Min(TreeBlock, trees.Length - first);
            for (var at = 0; at < count; at += Lanes)
            {
                WalkTrees(groups[(first + at) / Lanes], roots.AsSpan(first + at, Lanes), cellsOfRow, found[at..]);
            }

            sink.AddTrees(first, columns.AsSpan(first, count), period, row, found[..count]);
        }
    }

    private void WalkOneByOne<TSink>(ReadOnlySpan<T> cellsOfRow, int row, ref TSink sink)
        where TSink : struct, ILeafSink<T>, allows ref struct
    {
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var value = nodes[Walk(trees[tree].Root, cellsOfRow, 1)].Value;
            sink.AddTrees(tree, columns.AsSpan(tree, 1), period, row, new(in value));
        }
    }

    // One row from a node on, with categories.
    private uint Walk(uint at, ReadOnlySpan<T> row, int stride)
    {
        while (true)
        {
            ref var node = ref nodes[at];
            if (node.Step == 0)
            {
                return at;
            }

            var cell = row[(int)node.Slot * stride];
            at += node.Step + (node.Slot > (uint)cells.LeafSlot
                ? sets!.GoesRight(int.CreateTruncating(node.Value), double.CreateTruncating(cell)) ? 1u : 0u
                : TNode.GoesRight(ref node, cell, ref tables[0]));
        }
    }
}
