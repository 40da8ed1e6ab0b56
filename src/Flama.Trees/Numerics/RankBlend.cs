using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>Runs the program of a tree for many rows.</summary>
internal static class RankBlend
{
    private const int Vectors = 4;

    /// <summary>How many rows run together.</summary>
    public static int RowsOf<TLane>()
        where TLane : unmanaged => Vectors * (Vector512.IsHardwareAccelerated ? Vector512<TLane>.Count : Vector256<TLane>.Count);

    /// <summary>Runs splits for <see cref="RowsOf"/> rows.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="runs">Their kinds, one after the other.</param>
    /// <param name="ranks">The ranks of those rows, from their first one on; <see cref="RankLayout.Rows"/> elements a column.</param>
    /// <param name="kept">The kept values, as many elements as rows for each.</param>
    public static void Run<TLane>(ReadOnlySpan<BlendSplit> splits, ReadOnlySpan<BlendRun> runs, ReadOnlySpan<TLane> ranks, Span<TLane> kept)
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        ref var cells = ref MemoryMarshal.GetReference(ranks);
        ref var values = ref MemoryMarshal.GetReference(kept);
        foreach (ref readonly var run in runs)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Run<TLane, Vector512<TLane>, Lanes512<TLane>>(run.Kind, splits[..run.Count], ref cells, ref values);
            }
            else
            {
                Run<TLane, Vector256<TLane>, Lanes256<TLane>>(run.Kind, splits[..run.Count], ref cells, ref values);
            }

            splits = splits[run.Count..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLane, TVector, TLanes>(BlendKind kind, ReadOnlySpan<BlendSplit> splits, ref TLane ranks, ref TLane kept)
        where TLane : unmanaged, IBinaryInteger<TLane>
        where TVector : struct
        where TLanes : struct, ILanes<TLane, TVector>
    {
        switch (kind)
        {
            case BlendKind.Exits:
                foreach (ref readonly var split in splits)
                {
                    ref var target = ref Kept(ref kept, split.Target, TLanes.Count);
                    ref var cell = ref Column(ref ranks, split.Column);
                    var left = Fill<TLane, TVector, TLanes>(split.Left);
                    var right = Fill<TLane, TVector, TLanes>(split.Right);
                    var flip = Fill<TLane, TVector, TLanes>(split.Flip);
                    var threshold = Fill<TLane, TVector, TLanes>(split.Threshold);
                    TLanes.Store(TLanes.Choose(ref cell, flip, threshold, left, right), ref target);
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, TLanes.Count), flip, threshold, left, right), ref Unsafe.Add(ref target, TLanes.Count));
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, 2 * TLanes.Count), flip, threshold, left, right), ref Unsafe.Add(ref target, 2 * TLanes.Count));
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, 3 * TLanes.Count), flip, threshold, left, right), ref Unsafe.Add(ref target, 3 * TLanes.Count));
                }

                break;
            case BlendKind.Mixed:
                foreach (ref readonly var split in splits)
                {
                    ref var target = ref Kept(ref kept, split.Target, TLanes.Count);
                    ref var left = ref Kept(ref kept, split.Left, TLanes.Count);
                    ref var cell = ref Column(ref ranks, split.Column);
                    var right = Fill<TLane, TVector, TLanes>(split.Right);
                    var flip = Fill<TLane, TVector, TLanes>(split.Flip);
                    var threshold = Fill<TLane, TVector, TLanes>(split.Threshold);
                    TLanes.Store(TLanes.Choose(ref cell, flip, threshold, TLanes.Load(ref left), right), ref target);
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, TLanes.Count), flip, threshold, TLanes.Load(ref Unsafe.Add(ref left, TLanes.Count)), right), ref Unsafe.Add(ref target, TLanes.Count));
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, 2 * TLanes.Count), flip, threshold, TLanes.Load(ref Unsafe.Add(ref left, 2 * TLanes.Count)), right), ref Unsafe.Add(ref target, 2 * TLanes.Count));
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, 3 * TLanes.Count), flip, threshold, TLanes.Load(ref Unsafe.Add(ref left, 3 * TLanes.Count)), right), ref Unsafe.Add(ref target, 3 * TLanes.Count));
                }

                break;
            default:
                foreach (ref readonly var split in splits)
                {
                    ref var target = ref Kept(ref kept, split.Target, TLanes.Count);
                    ref var left = ref Kept(ref kept, split.Left, TLanes.Count);
                    ref var right = ref Kept(ref kept, split.Right, TLanes.Count);
                    ref var cell = ref Column(ref ranks, split.Column);
                    var flip = Fill<TLane, TVector, TLanes>(split.Flip);
                    var threshold = Fill<TLane, TVector, TLanes>(split.Threshold);
                    TLanes.Store(TLanes.Choose(ref cell, flip, threshold, TLanes.Load(ref left), TLanes.Load(ref right)), ref target);
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, TLanes.Count), flip, threshold, TLanes.Load(ref Unsafe.Add(ref left, TLanes.Count)), TLanes.Load(ref Unsafe.Add(ref right, TLanes.Count))), ref Unsafe.Add(ref target, TLanes.Count));
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, 2 * TLanes.Count), flip, threshold, TLanes.Load(ref Unsafe.Add(ref left, 2 * TLanes.Count)), TLanes.Load(ref Unsafe.Add(ref right, 2 * TLanes.Count))), ref Unsafe.Add(ref target, 2 * TLanes.Count));
                    TLanes.Store(TLanes.Choose(ref Unsafe.Add(ref cell, 3 * TLanes.Count), flip, threshold, TLanes.Load(ref Unsafe.Add(ref left, 3 * TLanes.Count)), TLanes.Load(ref Unsafe.Add(ref right, 3 * TLanes.Count))), ref Unsafe.Add(ref target, 3 * TLanes.Count));
                }

                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Fill<TLane, TVector, TLanes>(ushort value)
        where TLane : unmanaged, IBinaryInteger<TLane>
        where TVector : struct
        where TLanes : struct, ILanes<TLane, TVector> => TLanes.Fill(TLane.CreateTruncating(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TLane Kept<TLane>(ref TLane kept, ushort number, int lanes)
        where TLane : unmanaged => ref Unsafe.Add(ref kept, number * (nuint)(Vectors * lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TLane Column<TLane>(ref TLane ranks, ushort column)
        where TLane : unmanaged => ref Unsafe.Add(ref ranks, column * (nuint)RankLayout.Rows);
}
