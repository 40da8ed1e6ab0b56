using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flama.Trees.Numerics;

namespace Flama.Trees;

/// <summary>Cells as ranks: how many of the thresholds of its slot a cell is at least.</summary>
/// <remarks>
/// A cell is at least a threshold exactly when its rank is at least that of the threshold, so that splits compare small whole numbers, many rows at
/// once. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">The type of cells.</typeparam>
internal sealed class CellRanks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] keys;
    private readonly int firstKey;
    private readonly (int Slot, int[] Levels)[] columns;
    private readonly T[]?[] sorted;
    private readonly int[] places;

    private CellRanks(T[]?[] sorted)
    {
        this.sorted = sorted;
        List<T> added = [];
        columns = [.. sorted.Index().Where(slot => slot.Item is not null).Select(slot => (slot.Index, RankSearch.AddLevels<T>(slot.Item, added)))];

        // Never moved, so that groups stay where cache lines start.
        keys = GC.AllocateUninitializedArray<T>(added.Count + (Alignment.Line / Unsafe.SizeOf<T>()), pinned: true);
        firstKey = Alignment.FirstAligned(keys);
        added.CopyTo(keys, firstKey);
        places = new int[sorted.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            places[columns[i].Slot] = i;
        }
    }

    /// <summary>How many slots have ranks, a column each.</summary>
    public int Count => columns.Length;

    /// <summary>The largest rank of any slot.</summary>
    public int Largest => sorted.Max(thresholds => thresholds?.Length ?? 0);

    /// <summary>Makes the ranks of some thresholds.</summary>
    /// <param name="thresholds">For each slot its thresholds, in any order and any number of times, none of them NaN; null where no ranks are needed.</param>
    public static CellRanks<T> Of(List<T>?[] thresholds) => new(Array.ConvertAll(thresholds, Sort));

    /// <summary>The column of a slot's ranks.</summary>
    public int PlaceOf(int slot) => places[slot];

    /// <summary>The rank that a cell must have at least to be at least a threshold.</summary>
    public int RankOf(int slot, T threshold) => Array.BinarySearch(sorted[slot]!, threshold) + 1;

    /// <summary>Fills the ranks of up to <see cref="SplitCells{T}.RowBlock"/> rows.</summary>
    /// <param name="block">Their cells.</param>
    /// <param name="rows">How many they are.</param>
    /// <param name="ranks">Takes the ranks from the first of the rows on, <see cref="RankLayout.Rows"/> elements a column.</param>
    public void Fill<TLane>(ReadOnlySpan<T> block, int rows, Span<TLane> ranks)
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        var levels = keys.AsSpan(firstKey);
        for (var i = 0; i < columns.Length; i++)
        {
            RankSearch.Run<T, TLane>(levels, columns[i].Levels, block.Slice(columns[i].Slot * SplitCells<T>.RowBlock, rows), ranks[(i * RankLayout.Rows)..]);
        }
    }

    private static T[]? Sort(List<T>? thresholds)
    {
        if (thresholds is null)
        {
            return null;
        }

        var all = CollectionsMarshal.AsSpan(thresholds);
        all.Sort();
        var count = 0;
        foreach (var threshold in all)
        {
            if (count == 0 || threshold != all[count - 1])
            {
                all[count++] = threshold;
            }
        }

        return [.. all[..count]];
    }
}
