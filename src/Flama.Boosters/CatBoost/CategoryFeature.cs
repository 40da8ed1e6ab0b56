namespace Flama.Boosters.CatBoost;

/// <summary>A feature of categories.</summary>
/// <param name="Index">Its number among the features of categories, which other parts of the file refer to.</param>
/// <param name="Column">Its column in the rows.</param>
/// <param name="Name">Its name; empty when training had none.</param>
internal sealed record CategoryFeature(int Index, int Column, string Name);
