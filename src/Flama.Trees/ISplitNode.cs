using System.Numerics;

namespace Flama.Trees;

/// <summary>One node of a flattened tree.</summary>
/// <remarks>
/// The children of a node lie side by side after it. A leaf holds its value where a split holds its threshold, and looks at the one cell that
/// is NaN: no comparison with NaN holds, so a step from a leaf stays there, and rows that end early can be walked on together with others.
/// </remarks>
/// <typeparam name="TSelf">The node.</typeparam>
/// <typeparam name="T">The type of cells.</typeparam>
internal interface ISplitNode<TSelf, T>
    where TSelf : unmanaged, ISplitNode<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest slot and step that fit.</summary>
    static abstract int Largest { get; }

    /// <summary>Go right when the cell is at least this; the value of a leaf.</summary>
    T Value { get; }

    /// <summary>The cell to look at.</summary>
    uint Slot { get; }

    /// <summary>How far behind the node its left child lies; 0 at a leaf.</summary>
    uint Step { get; }

    /// <summary>Makes a node.</summary>
    /// <param name="value">See <see cref="Value"/>.</param>
    /// <param name="slot">See <see cref="Slot"/>.</param>
    /// <param name="step">See <see cref="Step"/>.</param>
    /// <param name="table">Where the node's table of categories starts; 0 when it compares numbers.</param>
    static abstract TSelf Make(T value, int slot, int step, int table);

    /// <summary>1 when the cell goes right, else 0.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="tables">The first word of the tables of categories.</param>
    static abstract uint GoesRight(ref readonly TSelf node, T cell, ref ulong tables);
}
