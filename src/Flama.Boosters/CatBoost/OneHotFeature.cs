namespace Flama.Boosters.CatBoost;

/// <summary>The categories of one feature that trees ask for by themselves.</summary>
/// <param name="Category">The feature's <see cref="CategoryFeature.Index"/>.</param>
/// <param name="Values">The hashes of the categories.</param>
internal sealed record OneHotFeature(int Category, int[] Values);
