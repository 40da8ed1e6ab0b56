using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>Runs the program of a tree for a block of rows.</summary>
internal static class LeafBlend
{
    private const int Rows = SplitCells<float>.RowBlock;

    /// <summary>Blends the leaves.</summary>
    /// <param name="program">The splits, at least one.</param>
    /// <param name="block">The cells, <see cref="SplitCells{T}.RowBlock"/> per slot.</param>
    /// <param name="stack">As many values for each level of the tree and one more; the first ones become the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ReadOnlySpan<BlendSplit<T>> program, ReadOnlySpan<T> block, Span<T> stack)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var cells = ref MemoryMarshal.GetReference(block);
        ref var bottom = ref MemoryMarshal.GetReference(stack);
        nuint top = 0;
        foreach (ref readonly var split in program)
        {
            ref var column = ref Unsafe.Add(ref cells, (nuint)(uint)split.Slot * Rows);
            var threshold = Vector512.Create(split.Value);
            var left = Vector512.Create(split.Left);
            var right = Vector512.Create(split.Right);
            switch (split.Stacked)
            {
                case 0:
                    ref var made = ref Unsafe.Add(ref bottom, top);
                    for (nuint row = 0; row < Rows; row += 4 * (nuint)Vector512<T>.Count)
                    {
                        Choose(ref column, row, threshold, left, right).StoreUnsafe(ref made, row);
                        Choose(ref column, Next<T>(row, 1), threshold, left, right).StoreUnsafe(ref made, Next<T>(row, 1));
                        Choose(ref column, Next<T>(row, 2), threshold, left, right).StoreUnsafe(ref made, Next<T>(row, 2));
                        Choose(ref column, Next<T>(row, 3), threshold, left, right).StoreUnsafe(ref made, Next<T>(row, 3));
                    }

                    top += Rows;
                    break;
                case BlendSplit<T>.StackedLeft:
                    ref var lefts = ref Unsafe.Add(ref bottom, top - Rows);
                    for (nuint row = 0; row < Rows; row += 4 * (nuint)Vector512<T>.Count)
                    {
                        Choose(ref column, row, threshold, At(ref lefts, row), right).StoreUnsafe(ref lefts, row);
                        Choose(ref column, Next<T>(row, 1), threshold, At(ref lefts, Next<T>(row, 1)), right).StoreUnsafe(ref lefts, Next<T>(row, 1));
                        Choose(ref column, Next<T>(row, 2), threshold, At(ref lefts, Next<T>(row, 2)), right).StoreUnsafe(ref lefts, Next<T>(row, 2));
                        Choose(ref column, Next<T>(row, 3), threshold, At(ref lefts, Next<T>(row, 3)), right).StoreUnsafe(ref lefts, Next<T>(row, 3));
                    }

                    break;
                case BlendSplit<T>.StackedRight:
                    ref var rights = ref Unsafe.Add(ref bottom, top - Rows);
                    for (nuint row = 0; row < Rows; row += 4 * (nuint)Vector512<T>.Count)
                    {
                        Choose(ref column, row, threshold, left, At(ref rights, row)).StoreUnsafe(ref rights, row);
                        Choose(ref column, Next<T>(row, 1), threshold, left, At(ref rights, Next<T>(row, 1))).StoreUnsafe(ref rights, Next<T>(row, 1));
                        Choose(ref column, Next<T>(row, 2), threshold, left, At(ref rights, Next<T>(row, 2))).StoreUnsafe(ref rights, Next<T>(row, 2));
                        Choose(ref column, Next<T>(row, 3), threshold, left, At(ref rights, Next<T>(row, 3))).StoreUnsafe(ref rights, Next<T>(row, 3));
                    }

                    break;
                default:
                    top -= Rows;
                    Merge(ref column, threshold, ref Unsafe.Add(ref bottom, top - Rows), ref Unsafe.Add(ref bottom, top));
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Merge<T>(ref T column, Vector512<T> threshold, ref T lefts, ref T rights)
        where T : unmanaged
    {
        for (nuint row = 0; row < Rows; row += 4 * (nuint)Vector512<T>.Count)
        {
            Choose(ref column, row, threshold, At(ref lefts, row), At(ref rights, row)).StoreUnsafe(ref lefts, row);
            Choose(ref column, Next<T>(row, 1), threshold, At(ref lefts, Next<T>(row, 1)), At(ref rights, Next<T>(row, 1))).StoreUnsafe(ref lefts, Next<T>(row, 1));
            Choose(ref column, Next<T>(row, 2), threshold, At(ref lefts, Next<T>(row, 2)), At(ref rights, Next<T>(row, 2))).StoreUnsafe(ref lefts, Next<T>(row, 2));
            Choose(ref column, Next<T>(row, 3), threshold, At(ref lefts, Next<T>(row, 3)), At(ref rights, Next<T>(row, 3))).StoreUnsafe(ref lefts, Next<T>(row, 3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Next<T>(nuint row, int count)
        where T : unmanaged => row + (nuint)(count * Vector512<T>.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> At<T>(ref T values, nuint row)
        where T : unmanaged => Vector512.LoadUnsafe(ref values, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Choose<T>(ref T column, nuint row, Vector512<T> threshold, Vector512<T> left, Vector512<T> right)
        where T : unmanaged =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref column, row), threshold), right, left);
}
