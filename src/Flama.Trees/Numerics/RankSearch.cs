using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>How many of some sorted numbers a cell is at least, for many cells.</summary>
/// <remarks>
/// The numbers stand in levels. The finest has all of them in groups as long as a vector; each coarser one has the last number of every group but
/// the last. A cell is compared with one group a level, and how many numbers it passes there says which group comes next. Groups end in NaN, which no cell passes;
/// a cell that is NaN passes none.
/// </remarks>
internal static class RankSearch
{
    /// <summary>Numbers a group.</summary>
    public static int GroupOf<T>()
        where T : unmanaged => Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256<T>.Count;

    /// <summary>Lays numbers out in levels.</summary>
    /// <param name="sorted">The numbers, each once.</param>
    /// <param name="keys">Takes the levels.</param>
    /// <returns>Where in <paramref name="keys"/> each level starts, the coarsest first.</returns>
    public static int[] AddLevels<T>(ReadOnlySpan<T> sorted, List<T> keys)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var group = GroupOf<T>();
        List<int> starts = [];
        var level = sorted.ToArray();
        do
        {
            starts.Insert(0, keys.Count);
            keys.AddRange(level);
            var groups = (level.Length / group) + 1;
            keys.AddRange(Enumerable.Repeat(T.NaN, (groups * group) - level.Length));
            level = [.. Enumerable.Range(1, groups - 1).Select(next => level[(next * group) - 1])];
        }
        while (level.Length > 0);
        return [.. starts];
    }

    /// <summary>Counts for each cell.</summary>
    /// <param name="keys">All levels.</param>
    /// <param name="levels">Where each of them starts.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="ranks">Takes the counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TLane>(ReadOnlySpan<T> keys, ReadOnlySpan<int> levels, ReadOnlySpan<T> cells, Span<TLane> ranks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(keys), levels[0]);
        ref var second = ref Unsafe.Add(ref MemoryMarshal.GetReference(keys), levels.Length > 1 ? levels[1] : 0);
        ranks = ranks[..cells.Length];
        if (levels.Length == 1)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                ranks[i] = TLane.CreateTruncating(Passed(ref first, 0, cells[i]));
            }

            return;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i];
            var rank = Passed(ref second, Passed(ref first, 0, cell), cell);
            for (var level = 2; level < levels.Length; level++)
            {
                rank = Passed(ref Unsafe.Add(ref MemoryMarshal.GetReference(keys), levels[level]), rank, cell);
            }

            ranks[i] = TLane.CreateTruncating(rank);
        }
    }

    // The numbers before a group, and those in it that the cell is at least.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Passed<T>(ref T level, nuint group, T cell)
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var at = group * (nuint)Vector512<T>.Count;
            return at + (nuint)BitOperations.PopCount(Vector512.GreaterThanOrEqual(Vector512.Create(cell), Vector512.LoadUnsafe(ref level, at)).ExtractMostSignificantBits());
        }

        var from = group * (nuint)Vector256<T>.Count;
        return from + (nuint)BitOperations.PopCount(Vector256.GreaterThanOrEqual(Vector256.Create(cell), Vector256.LoadUnsafe(ref level, from)).ExtractMostSignificantBits());
    }
}
