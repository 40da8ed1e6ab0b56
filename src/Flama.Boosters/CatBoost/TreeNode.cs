namespace Flama.Boosters.CatBoost;

/// <summary>One question of a tree that is not symmetric.</summary>
/// <param name="Split">The question: the number of a binary feature.</param>
/// <param name="WhenFalse">The next node, or the complement of where the leaf's values start.</param>
/// <param name="WhenTrue">As <paramref name="WhenFalse"/>.</param>
internal readonly record struct TreeNode(int Split, int WhenFalse, int WhenTrue)
{
    /// <summary>What stands where no question is asked.</summary>
    public static TreeNode None { get; } = new(-1, 0, 0);
}
