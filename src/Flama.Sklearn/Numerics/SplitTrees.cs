using System.Numerics;

namespace Flama.Sklearn.Numerics;

/// <summary>The trees of a boosted model in one array, each level by level. Built by <see cref="SplitTreesBuilder{T}"/>, which checks that every step stays inside.</summary>
/// <remarks>
/// Rows are taken in blocks, and a tree walks a whole block before the next tree does, eight rows in step; a few rows alone are walked through eight
/// trees in step instead. A step is a comparison and an addition without a branch, and eight in flight hide each other's latency. Trees with
/// categories, and leaves that are more than a number, are walked one by one.
/// </remarks>
/// <typeparam name="T">The type cells are compared in.</typeparam>
/// <typeparam name="TNode">The nodes.</typeparam>
internal sealed partial class SplitTrees<T, TNode> : BoosterTrees<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TNode : unmanaged, ISplitNode<TNode, T>
{
    private const int RowBlock = SplitCells<T>.RowBlock;

    // Below this many rows, trees in step are faster than rows in step.
    private const int FewRows = 4;

    // Steps that move nothing cost less than a loop whose end the processor cannot foresee.
    private const int AlwaysSure = 8;

    // A block with more slots than this would fall out of the second-level cache.
    private const int ManySlots = 4096;

    private readonly SplitCells<T> cells;
    private readonly TNode[] nodes;
    private readonly TreeSpan[] trees;
    private readonly TreeSpan[] groups;
    private readonly uint[] roots;
    private readonly int[] columns;
    private readonly int[] numbers;
    private readonly CategorySets? sets;
    private readonly ILeafModel<T>? leaves;

    /// <summary>Takes over arrays that the builder checked.</summary>
    /// <param name="cells">The cells that splits look at.</param>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="trees">Where each tree starts, and how deep its leaves lie.</param>
    /// <param name="columns">For each tree the column it adds to.</param>
    /// <param name="numbers">For each node its number in the file.</param>
    /// <param name="sets">The sets of categories; null when there are none.</param>
    /// <param name="leaves">What leaves add, their values being numbers of leaves; null when their values are what they add.</param>
    public SplitTrees(
        SplitCells<T> cells, TNode[] nodes, TreeSpan[] trees, int[] columns, int[] numbers, CategorySets? sets, ILeafModel<T>? leaves)
    {
        this.cells = cells;
        this.nodes = nodes;
        this.trees = trees;
        this.columns = columns;
        this.numbers = numbers;
        this.sets = sets;
        this.leaves = leaves;
        roots = [.. trees.Select(tree => tree.Root)];
        Array.Resize(ref roots, (roots.Length + Lanes - 1) / Lanes * Lanes);
        groups = [.. trees.Chunk(Lanes).Select(group => SpanOf(0, group.Min(tree => tree.Sure), group.Max(tree => tree.Sure + tree.Rest)))];
    }

    /// <inheritdoc/>
    public override int Count => trees.Length;

    /// <summary>Where a tree starts, whose leaves lie between two depths.</summary>
    public static TreeSpan SpanOf(uint root, int shallowest, int deepest) =>
        deepest <= AlwaysSure ? new(root, deepest, 0) : TreeSpan.Of(root, shallowest, deepest);

    private bool IsPlain => sets is null && leaves is null;

    /// <inheritdoc/>
    public override void Accumulate(FeatureBatch input, Span<T> sums, int width)
    {
        var inBlocks = IsPlain && input.Rows >= FewRows && cells.Count <= ManySlots;
        var buffer = BufferPool<T>.Rent(cells.Count * (inBlocks ? RowBlock : 1));
        var row = 0;
        while (inBlocks && input.Rows - row >= FewRows)
        {
            var rows = Math.Min(RowBlock, input.Rows - row);
            cells.FillBlock(input, row, rows, buffer);
            AddBlock(buffer, rows, sums.Slice(row * width, rows * width), width);
            row += rows;
        }

        for (; row < input.Rows; row++)
        {
            cells.FillRow(input, row, buffer);
            var target = sums.Slice(row * width, width);
            if (IsPlain)
            {
                AddRow(buffer, target);
            }
            else
            {
                AddRow(buffer, input, row, target);
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

    private void AddBlock(ReadOnlySpan<T> block, int rows, Span<T> sums, int width)
    {
        Span<T> found = stackalloc T[Lanes];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var column = columns[tree];
            for (var first = 0; first < rows; first += Lanes)
            {
                // Places past the last row hold any numbers; they too end in some leaf.
                WalkRows(trees[tree], block[first..], found);
                var count = Math.Min(Lanes, rows - first);
                for (var i = 0; i < count; i++)
                {
                    sums[((first + i) * width) + column] += found[i];
                }
            }
        }
    }

    private void AddRow(ReadOnlySpan<T> row, Span<T> sums)
    {
        Span<T> found = stackalloc T[Lanes];
        for (var group = 0; group < groups.Length; group++)
        {
            var first = group * Lanes;
            WalkTrees(groups[group], roots.AsSpan(first, Lanes), row, found);
            var count = Math.Min(Lanes, trees.Length - first);
            for (var i = 0; i < count; i++)
            {
                sums[columns[first + i]] += found[i];
            }
        }
    }

    private void AddRow(ReadOnlySpan<T> cellsOfRow, FeatureBatch input, int row, Span<T> sums)
    {
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var value = nodes[Walk(trees[tree].Root, cellsOfRow)].Value;
            if (leaves is null)
            {
                sums[columns[tree]] += value;
            }
            else
            {
                leaves.Add(int.CreateTruncating(value), input, row, sums, columns[tree]);
            }
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
            var goesRight = node.Slot > (uint)cells.LeafSlot
                ? sets!.GoesRight(int.CreateTruncating(node.Value), double.CreateTruncating(cell))
                : cell >= node.Value;
            at += node.Step + (goesRight ? 1u : 0u);
        }
    }
}
