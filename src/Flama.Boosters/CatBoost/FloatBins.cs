namespace Flama.Boosters.CatBoost;

/// <summary>The bins of a feature of numbers.</summary>
/// <param name="Column">Its column in the rows.</param>
/// <param name="Missing">What a missing value counts as.</param>
/// <param name="Slots">The bins.</param>
internal sealed record FloatBins(int Column, float Missing, BinSlot[] Slots)
{
    /// <summary>A cell as CatBoost compares it.</summary>
    /// <param name="cell">The cell; NaN is missing.</param>
    /// <param name="missing">What a missing value counts as.</param>
    public static float Value(double cell, float missing) => double.IsNaN(cell) ? missing : (float)cell;
}
