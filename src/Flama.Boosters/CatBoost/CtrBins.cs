namespace Flama.Boosters.CatBoost;

/// <summary>A table, what is looked up in it, and the bins of the features that it gives numbers to.</summary>
/// <param name="Table">The table.</param>
/// <param name="Categories">Positions among the categories that are looked at.</param>
/// <param name="Floats">Questions to columns of numbers: the column, what a missing value counts as, the border.</param>
/// <param name="OneHots">Questions to categories: the position, the hash.</param>
/// <param name="Features">The features, each with its bins.</param>
internal sealed record CtrBins(
    CtrTable Table,
    int[] Categories,
    (int Column, float Missing, float Border)[] Floats,
    (int Category, int Value)[] OneHots,
    (CtrFeature Feature, BinSlot[] Slots)[] Features);
