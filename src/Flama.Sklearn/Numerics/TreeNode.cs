using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <summary>A node that compares numbers: 12 bytes with float32 cells, 16 with float64.</summary>
/// <param name="Threshold">Go right when the cell is greater than this; +∞ at a leaf.</param>
/// <param name="Cell">See <see cref="ITreeNode{TSelf,T}.Cell"/>.</param>
/// <param name="Left">See <see cref="ITreeNode{TSelf,T}.Left"/>.</param>
/// <typeparam name="T">The type of cells.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TreeNode<T>(T Threshold, uint Cell, uint Left) : ITreeNode<TreeNode<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static TreeNode<T> Make(T threshold, uint cell, uint left, uint table) => new(threshold, cell, left);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GoesRight(ref readonly TreeNode<T> node, T cell, ref ulong tables) => cell > node.Threshold ? 1u : 0u;
}
