using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <summary>A node of 8 bytes, for float32 cells: eight nodes a cache line.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct CompactSplit : ISplitNode<CompactSplit, float>
{
    private readonly float value;
    private readonly ushort slot;
    private readonly ushort step;

    private CompactSplit(float value, ushort slot, ushort step)
    {
        this.value = value;
        this.slot = slot;
        this.step = step;
    }

    /// <inheritdoc/>
    public static int Largest => ushort.MaxValue;

    /// <inheritdoc/>
    public float Value => value;

    /// <inheritdoc/>
    public uint Slot => slot;

    /// <inheritdoc/>
    public uint Step => step;

    /// <inheritdoc/>
    public static CompactSplit Make(float value, int slot, int step, int table) => new(value, checked((ushort)slot), checked((ushort)step));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GoesRight(ref readonly CompactSplit node, float cell, ref ulong tables) => Unsafe.BitCast<bool, byte>(cell >= node.value);
}
