using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Flama.Trees.Numerics;

namespace Flama.Trees;

/// <summary>Trees, or their upper levels, as programs without jumps: every split is compared for many rows at once, and exits are blended from the bottom up.</summary>
/// <remarks>
/// That is more comparisons than a walk takes, each of them on many rows at once and without waiting for another. Cells are compared by their
/// <see cref="CellRanks{T}"/>. The exit that a row gets is the node that its walk would come to. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">The type cells are compared in.</typeparam>
internal sealed class BlendedTrees<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CellRanks<T> cells;
    private readonly BlendProgram[] programs;
    private readonly BlendSplit[] splits;
    private readonly BlendRun[] runs;
    private readonly uint[] exits;
    private readonly T[] values;
    private readonly int lane;
    private readonly int most;

    /// <summary>Takes over what <see cref="BlendedTreesBuilder{T,TNode}"/> made.</summary>
    /// <param name="cells">The ranks.</param>
    /// <param name="programs">One a tree.</param>
    /// <param name="splits">The splits of all programs.</param>
    /// <param name="runs">Their kinds, run by run.</param>
    /// <param name="exits">The nodes that exits lead to.</param>
    /// <param name="values">The values of those nodes.</param>
    /// <param name="lane">Bytes for a rank, or for the number of an exit: 1 or 2.</param>
    /// <param name="most">The most values that a program keeps.</param>
    public BlendedTrees(CellRanks<T> cells, BlendProgram[] programs, BlendSplit[] splits, BlendRun[] runs, uint[] exits, T[] values, int lane, int most)
    {
        this.cells = cells;
        this.programs = programs;
        this.splits = splits;
        this.runs = runs;
        this.exits = exits;
        this.values = values;
        this.lane = lane;
        this.most = most;
    }

    /// <summary>Whether blending is fast on this machine.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <summary>How many bytes the buffer needs that the other methods work in: ranks, then the values that are kept.</summary>
    public int BufferSize => KeptStart + (lane * most * RankLayout.Rows);

    private int KeptStart => lane * cells.Count * RankLayout.Rows;

    /// <summary>The program of a tree.</summary>
    public BlendProgram this[int tree] => programs[tree];

    /// <summary>Ranks the cells of a block.</summary>
    /// <param name="block">The cells.</param>
    /// <param name="place">Where its first row stands among the <see cref="RankLayout.Rows"/>.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="buffer">See <see cref="BufferSize"/>.</param>
    public void Rank(ReadOnlySpan<T> block, int place, int rows, Span<byte> buffer)
    {
        if (lane == 1)
        {
            cells.Fill(block, rows, buffer[place..]);
        }
        else
        {
            cells.Fill(block, rows, MemoryMarshal.Cast<byte, ushort>(buffer)[place..]);
        }
    }

    /// <summary>Finds the values of the leaves that rows end in, in a tree that is blended as a whole.</summary>
    /// <param name="program">The tree.</param>
    /// <param name="buffer">Ranked rows.</param>
    /// <param name="found">Takes one value per row.</param>
    public void FindValues(BlendProgram program, Span<byte> buffer, Span<T> found) => Find(program, buffer, values, found);

    /// <summary>Finds the nodes from which rows are walked on.</summary>
    /// <param name="program">The tree.</param>
    /// <param name="buffer">Ranked rows.</param>
    /// <param name="found">Takes one node per row.</param>
    public void FindNodes(BlendProgram program, Span<byte> buffer, Span<uint> found) => Find(program, buffer, exits, found);

    private void Find<TItem>(BlendProgram program, Span<byte> buffer, TItem[] items, Span<TItem> found)
    {
        var ofTree = items.AsSpan(program.Exit, program.Count + 1);
        if (lane == 1)
        {
            Find<byte, TItem>(program, buffer, ofTree, found);
        }
        else
        {
            Find<ushort, TItem>(program, buffer, ofTree, found);
        }
    }

    private void Find<TLane, TItem>(BlendProgram program, Span<byte> buffer, ReadOnlySpan<TItem> items, Span<TItem> found)
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        var ranks = MemoryMarshal.Cast<byte, TLane>(buffer[..KeptStart]);
        var kept = MemoryMarshal.Cast<byte, TLane>(buffer[KeptStart..]);
        var together = RankBlend.RowsOf<TLane>();
        var ofTree = splits.AsSpan(program.Split, program.Count);
        var runsOfTree = runs.AsSpan(program.Run, program.Runs);
        for (var row = 0; row < found.Length; row += together)
        {
            RankBlend.Run(ofTree, runsOfTree, ranks[row..], kept);
            var count = Math.Min(together, found.Length - row);
            var numbers = kept.Slice(program.Result * together, count);
            var target = found.Slice(row, count);
            for (var i = 0; i < numbers.Length; i++)
            {
                target[i] = items[int.CreateTruncating(numbers[i])];
            }
        }
    }
}
