using System.Numerics;

namespace Flama.Trees;

/// <summary>Trees in one array of nodes.</summary>
/// <remarks>
/// Rows are taken in blocks, and a tree walks a whole block before the next tree does, eight rows in step; a few rows alone are walked through eight
/// trees in step instead. Small trees are blended in blocks, see <see cref="BlendedTrees{T}"/>. A step is a comparison and an addition without a branch, and eight in flight hide each other's latency. Trees with
/// sets of categories are walked one by one.
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

    // With fewer rows than this in a block, blending all splits costs more than walking.
    private const int ManyRows = 24;

    // A block with more slots than this would fall out of the second-level cache.
    private const int ManySlots = 4096;

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

        // Large trees and single rows never need them.
        blended = new(() => BlendedTrees<T>.IsSupported && tables.Length <= TableSplit.TableWords && sets is null ? BlendedTrees<T>.Of<TNode>(nodes, trees) : null);
        groups = [.. trees.Chunk(Lanes).Select(group => TreeSpan.Of(0, group.Min(tree => tree.Sure), group.Max(tree => tree.Sure + tree.Rest)))];
    }

    /// <inheritdoc/>
    public override int Count => trees.Length;

    /// <inheritdoc/>
    public override void Walk<TSink>(FeatureBatch input, ref TSink sink)
    {
        var inBlocks = sets is null && input.Rows >= FewRows && cells.Count <= ManySlots;
        var buffer = BufferPool<T>.Rent(cells.Count * (inBlocks ? RowBlock : 1));
        var row = 0;
        if (inBlocks)
        {
            row = WalkBlocks(input, buffer, ref sink);
        }

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
                output[row, tree] = numbers[Walk(trees[tree].Root, buffer)];
            }
        }

        BufferPool<T>.Return(buffer);
    }

    // Gives the first row that is left for walking alone.
    private int WalkBlocks<TSink>(FeatureBatch input, T[] buffer, ref TSink sink)
        where TSink : struct, ILeafSink<T>, allows ref struct
    {
        var fast = input.Rows >= ManyRows ? blended.Value : null;
        var scratch = fast is null ? [] : BufferPool<T>.Rent(fast.ScratchSize);
        var row = 0;
        while (input.Rows - row >= FewRows)
        {
            var rows = Math.Min(RowBlock, input.Rows - row);
            cells.FillBlock(input, row, rows, buffer);
            WalkBlock(buffer, row, rows, rows >= ManyRows ? fast : null, scratch, ref sink);
            row += rows;
        }

        if (fast is not null)
        {
            BufferPool<T>.Return(scratch);
        }

        return row;
    }

    // Places past the last row hold any numbers; they too end in some leaf.
    private void WalkBlock<TSink>(ReadOnlySpan<T> block, int firstRow, int rows, BlendedTrees<T>? fast, Span<T> scratch, ref TSink sink)
        where TSink : struct, ILeafSink<T>, allows ref struct
    {
        Span<T> found = stackalloc T[Lanes];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            if (fast is not null && fast.Blend(tree, block, scratch))
            {
                sink.AddRows(tree, columns[tree], firstRow, scratch[..rows]);
                continue;
            }

            for (var first = 0; first < rows; first += Lanes)
            {
                WalkRows(trees[tree], block[first..], found);
                sink.AddRows(tree, columns[tree], firstRow + first, found[..Math.Min(Lanes, rows - first)]);
            }
        }
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
            var value = nodes[Walk(trees[tree].Root, cellsOfRow)].Value;
            sink.AddTrees(tree, columns.AsSpan(tree, 1), period, row, new(in value));
        }
    }

    // One row through one tree, with categories.
    private uint Walk(uint at, ReadOnlySpan<T> row)
    {
        while (true)
        {
            ref var node = ref nodes[at];
            if (node.Step == 0)
            {
                return at;
            }

            var cell = row[(int)node.Slot];
            at += node.Step + (node.Slot > (uint)cells.LeafSlot
                ? sets!.GoesRight(int.CreateTruncating(node.Value), double.CreateTruncating(cell)) ? 1u : 0u
                : TNode.GoesRight(ref node, cell, ref tables[0]));
        }
    }
}
