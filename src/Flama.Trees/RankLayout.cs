namespace Flama.Trees;

/// <summary>How the ranks of <see cref="CellRanks{T}"/> lie.</summary>
internal static class RankLayout
{
    /// <summary>Rows whose ranks lie side by side in a slot: some blocks of <see cref="SplitCells{T}.RowBlock"/>.</summary>
    public const int Rows = Blocks * SplitCells<float>.RowBlock;

    /// <summary>That many blocks.</summary>
    public const int Blocks = 4;
}
