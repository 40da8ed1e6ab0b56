using Flama.Trees.Numerics;

namespace Flama.Trees;

/// <content>Many rows.</content>
internal sealed partial class FlatTrees<T, TNode>
{
    // With fewer rows than this, blending all splits costs more than walking.
    private const int ManyRows = 24;

    // A block with more slots than this would fall out of the second-level cache.
    private const int ManySlots = 4096;

    // Gives the first row that is left for walking alone.
    private int WalkBlocks<TSink>(FeatureBatch input, ref TSink sink)
        where TSink : struct, ILeafSink<T>, allows ref struct
    {
        var fast = input.Rows >= ManyRows ? blended.Value : null;
        var blocks = Math.Clamp(ManySlots / cells.Count, 1, Math.Min(RankLayout.Blocks, (input.Rows + RowBlock - 1) / RowBlock));
        var buffer = BufferPool<T>.Rent(blocks * BlockSize);
        var ranks = fast is null ? [] : BufferPool<byte>.Rent(fast.BufferSize + Alignment.Line);
        var row = 0;
        while (input.Rows - row >= FewRows)
        {
            var rows = Math.Min(blocks * RowBlock, input.Rows - row);
            WalkBlocks(input, row, rows, buffer, rows >= ManyRows ? fast : null, fast is null ? [] : Alignment.Align(ranks), ref sink);
            row += rows;
        }

        BufferPool<byte>.Return(ranks);
        BufferPool<T>.Return(buffer);
        return row;
    }

    private int BlockSize => cells.Count * RowBlock;

    // Cells past the last row hold any numbers; they too end in some leaf.
    private void WalkBlocks<TSink>(FeatureBatch input, int firstRow, int rows, Span<T> buffer, BlendedTrees<T>? fast, Span<byte> ranks, ref TSink sink)
        where TSink : struct, ILeafSink<T>, allows ref struct
    {
        for (var first = 0; first < rows; first += RowBlock)
        {
            var block = buffer.Slice(first * cells.Count, BlockSize);
            var count = Math.Min(RowBlock, rows - first);
            cells.FillBlock(input, firstRow + first, count, block);
            fast?.Rank(block, first, count, ranks);
        }

        Span<T> found = stackalloc T[RankLayout.Rows];
        Span<uint> from = stackalloc uint[RankLayout.Rows];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var program = fast is null ? default : fast[tree];
            if (program.Count > 0 && program.Rest == 0)
            {
                fast!.FindValues(program, ranks, found[..rows]);
            }
            else if (program.Count > 0)
            {
                fast!.FindNodes(program, ranks, from[..InLanes(rows)]);
                WalkOn(TreeSpan.Of(0, 0, program.Rest), buffer, from[..InLanes(rows)], found);
            }
            else
            {
                from[..InLanes(rows)].Fill(trees[tree].Root);
                WalkOn(trees[tree], buffer, from[..InLanes(rows)], found);
            }

            sink.AddRows(tree, columns[tree], firstRow, found[..rows]);
        }
    }

    private static int InLanes(int rows) => (rows + Lanes - 1) / Lanes * Lanes;

    private void WalkOn(TreeSpan steps, ReadOnlySpan<T> buffer, ReadOnlySpan<uint> from, Span<T> found)
    {
        for (var first = 0; first < from.Length; first += Lanes)
        {
            var block = buffer[((first / RowBlock * BlockSize) + (first % RowBlock))..];
            if (sets is null)
            {
                WalkRows(steps, from.Slice(first, Lanes), block, found.Slice(first, Lanes));
                continue;
            }

            for (var i = 0; i < Lanes; i++)
            {
                found[first + i] = nodes[Walk(from[first + i], block[i..], RowBlock)].Value;
            }
        }
    }
}
