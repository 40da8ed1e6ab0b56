using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <summary>One split in the order in which the answers of a tree are put together: children before parents.</summary>
/// <param name="Value">Go right when the cell is at least this.</param>
/// <param name="Left">The value of the left child where it is a leaf.</param>
/// <param name="Right">The value of the right child where it is a leaf.</param>
/// <param name="Slot">The cell to look at.</param>
/// <param name="Stacked">Which children are splits themselves: 1 for the left one, 2 for the right one, 3 for both.</param>
/// <typeparam name="T">The type of cells.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlendSplit<T>(T Value, T Left, T Right, int Slot, int Stacked)
{
    /// <summary>The left child is a split.</summary>
    public const int StackedLeft = 1;

    /// <summary>The right child is a split.</summary>
    public const int StackedRight = 2;
}
