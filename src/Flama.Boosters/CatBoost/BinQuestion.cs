namespace Flama.Boosters.CatBoost;

/// <summary>What a binary feature has become.</summary>
/// <param name="Split">The question to the bins of rows together (<see cref="BinSplit"/>).</param>
/// <param name="Answer">Which of the answers of a row alone.</param>
internal readonly record struct BinQuestion(int Split, int Answer)
{
    /// <summary>What stands for a binary feature that trees ask, before it has its question.</summary>
    public static BinQuestion Asked { get; } = new(-1, -1);
}
