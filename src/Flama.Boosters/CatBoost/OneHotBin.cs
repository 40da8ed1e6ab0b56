namespace Flama.Boosters.CatBoost;

/// <summary>A bin that is 1 for one category and 0 for others.</summary>
/// <param name="Category">The position of the feature among the categories that are looked at.</param>
/// <param name="Value">The hash of the category.</param>
/// <param name="Bin">Which of a row's bins.</param>
/// <param name="Answer">Which of the answers of a row alone.</param>
internal readonly record struct OneHotBin(int Category, int Value, int Bin, int Answer);
