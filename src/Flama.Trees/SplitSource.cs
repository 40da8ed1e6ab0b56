namespace Flama.Trees;

/// <summary>One node of a tree as its file has it; the root comes first.</summary>
/// <param name="Value">Go right when the cell is at least this; the value of a leaf.</param>
/// <param name="Left">The left child; negative at a leaf.</param>
/// <param name="Right">The right child.</param>
/// <param name="Feature">The column that decides; ignored at a leaf.</param>
/// <param name="Missing">What a missing cell becomes.</param>
/// <param name="Set">The set or table of categories that decides instead of <paramref name="Value"/>; negative when there is none.</param>
/// <param name="Number">The number that <c>apply</c> gives.</param>
/// <typeparam name="T">The type of cells.</typeparam>
internal readonly record struct SplitSource<T>(T Value, int Left, int Right, int Feature, MissingCell Missing, int Set, int Number)
{
    /// <summary>Whether the node has no children.</summary>
    public bool IsLeaf => Left < 0;

    /// <summary>A leaf.</summary>
    public static SplitSource<T> Leaf(T value, int number) => new(value, -1, -1, 0, default, -1, number);
}
