namespace Flama.Boosters.CatBoost;

/// <summary>A bin that counts borders: all those of a feature, or where there are more than a byte counts, some.</summary>
/// <param name="Bin">Which of a row's bins.</param>
/// <param name="FirstAnswer">Where the answers to its borders begin in those of a row alone.</param>
/// <param name="Borders">The borders, ascending.</param>
internal sealed record BinSlot(int Bin, int FirstAnswer, float[] Borders);
