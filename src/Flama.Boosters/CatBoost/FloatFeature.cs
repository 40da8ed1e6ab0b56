namespace Flama.Boosters.CatBoost;

/// <summary>A feature of numbers.</summary>
/// <param name="Index">Its number among the features of numbers, which other parts of the file refer to.</param>
/// <param name="Column">Its column in the rows.</param>
/// <param name="Name">Its name; empty when training had none.</param>
/// <param name="Missing">What a missing value counts as: an infinity, or NaN, which no border is below.</param>
/// <param name="Borders">What it is compared with, ascending.</param>
internal sealed record FloatFeature(int Index, int Column, string Name, float Missing, float[] Borders);
