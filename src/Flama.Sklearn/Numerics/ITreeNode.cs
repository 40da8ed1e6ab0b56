namespace Flama.Sklearn.Numerics;

/// <summary>One node of a flattened tree.</summary>
/// <remarks>
/// The right child lies directly after the left one. A leaf is its own left child and never goes right, so that a step from a leaf
/// stays there: rows that end early can be walked on together with others, without asking which is done.
/// </remarks>
/// <typeparam name="TSelf">The node.</typeparam>
/// <typeparam name="T">The type of cells.</typeparam>
internal interface ITreeNode<TSelf, T>
    where TSelf : unmanaged, ITreeNode<TSelf, T>
{
    /// <summary>Where the cell lies: its slot times the rows of a block.</summary>
    uint Cell { get; }

    /// <summary>The left child; the node itself at a leaf.</summary>
    uint Left { get; }

    /// <summary>Makes a node.</summary>
    /// <param name="threshold">Go right when the cell is greater than this.</param>
    /// <param name="cell">See <see cref="Cell"/>.</param>
    /// <param name="left">See <see cref="Left"/>.</param>
    /// <param name="table">Where the node's table of categories starts; 0 when it compares numbers.</param>
    static abstract TSelf Make(T threshold, uint cell, uint left, uint table);

    /// <summary>1 when the cell goes right, else 0.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="tables">The first word of the tables of categories.</param>
    static abstract uint GoesRight(ref readonly TSelf node, T cell, ref ulong tables);
}
