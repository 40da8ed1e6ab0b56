using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <content>The vector kernels.</content>
internal sealed partial class PanelIndex<TDistance>
{
    // Beyond this, the lanes' minima say too little.
    private const int MaxLanes = 32;

    /// <summary>Estimates the ranks of a group, and keeps the smallest of each lane.</summary>
    private void Estimate(int start, ReadOnlySpan<float> query, Span<float> estimates, Span<float> minima)
    {
        ref var panel = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panels), start / 2 * rows.Columns);
        ref var x = ref MemoryMarshal.GetReference(query);
        ref var to = ref MemoryMarshal.GetReference(estimates[..Group]);
        ref var lowest = ref MemoryMarshal.GetReference(minima[..Group]);

        // Places past the last row hold no row.
        var last = rows.Rows - start;
        if (last < Group)
        {
            Span<float> unused = stackalloc float[Group];
            EstimateGroup(ref panel, ref x, ref to, ref unused[0]);
            estimates[last..Group].Fill(float.PositiveInfinity);
            TensorPrimitives.MinNumber(estimates[..Group], minima[..Group], minima[..Group]);
            return;
        }

        EstimateGroup(ref panel, ref x, ref to, ref lowest);
    }

    private void EstimateGroup(ref uint panel, ref float query, ref float to, ref float lowest)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Estimate512(rows.Columns, ref panel, ref query, ref to, ref lowest);
        }
        else
        {
            Estimate256(rows.Columns, ref panel, ref query, ref to, ref lowest);
        }
    }

    /// <summary>Whether all rows of a group are surely farther than the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreFar(ReadOnlySpan<float> estimates, float limit)
    {
        ref var from = ref MemoryMarshal.GetReference(estimates);
        if (Vector512.IsHardwareAccelerated)
        {
            var wide = Vector512.Create(limit);
            return Vector512.GreaterThanAll(Vector512.LoadUnsafe(ref from), wide)
                && Vector512.GreaterThanAll(Vector512.LoadUnsafe(ref from, 16), wide)
                && Vector512.GreaterThanAll(Vector512.LoadUnsafe(ref from, 32), wide)
                && Vector512.GreaterThanAll(Vector512.LoadUnsafe(ref from, 48), wide);
        }

        return false;
    }

    /// <summary>One bit for each row of a group that is not surely farther than the limit.</summary>
    private static ulong Near(ReadOnlySpan<float> estimates, float limit, int last)
    {
        ref var from = ref MemoryMarshal.GetReference(estimates);
        var far = 0UL;
        if (Vector512.IsHardwareAccelerated)
        {
            var limits = Vector512.Create(limit);
            for (var lane = 0; lane < Group; lane += Vector512<float>.Count)
            {
                far |= Vector512.GreaterThan(Vector512.LoadUnsafe(ref from, (nuint)lane), limits).ExtractMostSignificantBits() << lane;
            }
        }
        else
        {
            var limits = Vector256.Create(limit);
            for (var lane = 0; lane < Group; lane += Vector256<float>.Count)
            {
                far |= (ulong)Vector256.GreaterThan(Vector256.LoadUnsafe(ref from, (nuint)lane), limits).ExtractMostSignificantBits() << lane;
            }
        }

        return last >= Group ? ~far : ~far & ((1UL << last) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Estimate512(int columns, ref uint panel, ref float query, ref float to, ref float lowest)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (var column = 0; column < columns; column++)
        {
            var x = Vector512.Create(Unsafe.Add(ref query, column));
            var first = Vector512.LoadUnsafe(ref panel);
            var second = Vector512.LoadUnsafe(ref panel, 16);
            a = TDistance.Add(a, (first << 16).AsSingle() - x);
            b = TDistance.Add(b, first.AsSingle() - x);
            c = TDistance.Add(c, (second << 16).AsSingle() - x);
            d = TDistance.Add(d, second.AsSingle() - x);
            panel = ref Unsafe.Add(ref panel, Group / 2);
        }

        a.StoreUnsafe(ref to);
        b.StoreUnsafe(ref to, 16);
        c.StoreUnsafe(ref to, 32);
        d.StoreUnsafe(ref to, 48);

        // The native minimum keeps the second number when the first is NaN.
        Vector512.MinNative(a, Vector512.LoadUnsafe(ref lowest)).StoreUnsafe(ref lowest);
        Vector512.MinNative(b, Vector512.LoadUnsafe(ref lowest, 16)).StoreUnsafe(ref lowest, 16);
        Vector512.MinNative(c, Vector512.LoadUnsafe(ref lowest, 32)).StoreUnsafe(ref lowest, 32);
        Vector512.MinNative(d, Vector512.LoadUnsafe(ref lowest, 48)).StoreUnsafe(ref lowest, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Estimate256(int columns, ref uint panel, ref float query, ref float to, ref float lowest)
    {
        for (var half = 0; half < 2; half++)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            ref var at = ref Unsafe.Add(ref panel, half * 16);
            for (var column = 0; column < columns; column++)
            {
                var x = Vector256.Create(Unsafe.Add(ref query, column));
                var first = Vector256.LoadUnsafe(ref at);
                var second = Vector256.LoadUnsafe(ref at, 8);
                a = TDistance.Add(a, (first << 16).AsSingle() - x);
                b = TDistance.Add(b, (second << 16).AsSingle() - x);
                c = TDistance.Add(c, first.AsSingle() - x);
                d = TDistance.Add(d, second.AsSingle() - x);
                at = ref Unsafe.Add(ref at, Group / 2);
            }

            Store(a, ref to, ref lowest, (half * 32));
            Store(b, ref to, ref lowest, (half * 32) + 8);
            Store(c, ref to, ref lowest, (half * 32) + 16);
            Store(d, ref to, ref lowest, (half * 32) + 24);
        }
    }

    private static void Store(Vector256<float> estimates, ref float to, ref float lowest, int lane)
    {
        estimates.StoreUnsafe(ref to, (nuint)lane);
        Lower(estimates, ref lowest, lane);
    }

    // NaN lowers nothing, on any processor.
    private static void Lower(Vector256<float> estimates, ref float lowest, int lane)
    {
        var old = Vector256.LoadUnsafe(ref lowest, (nuint)lane);
        Vector256.ConditionalSelect(Vector256.LessThan(estimates, old), estimates, old).StoreUnsafe(ref lowest, (nuint)lane);
    }
}
