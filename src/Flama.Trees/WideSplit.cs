using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <summary>A node for float64 cells, or for trees and models beyond what <see cref="CompactSplit"/> can hold.</summary>
/// <typeparam name="T">The type of cells.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct WideSplit<T> : ISplitNode<WideSplit<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T value;
    private readonly uint slot;
    private readonly uint step;

    private WideSplit(T value, uint slot, uint step)
    {
        this.value = value;
        this.slot = slot;
        this.step = step;
    }

    /// <inheritdoc/>
    public static int Largest => int.MaxValue;

    /// <inheritdoc/>
    public T Value => value;

    /// <inheritdoc/>
    public uint Slot => slot;

    /// <inheritdoc/>
    public uint Step => step;

    /// <inheritdoc/>
    public static WideSplit<T> Make(T value, int slot, int step, int table) => new(value, (uint)slot, (uint)step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GoesRight(ref readonly WideSplit<T> node, T cell, ref ulong tables) => Unsafe.BitCast<bool, byte>(cell >= node.value);
}
