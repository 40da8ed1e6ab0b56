namespace Flama.Boosters.CatBoost;

/// <summary>What trees ask of a row. Immutable and thread-safe.</summary>
/// <remarks>
/// Of rows together, bins: for each feature that trees look at a byte that counts the borders below, or several, which trees compare. Of a row alone, the answers
/// themselves: a byte for each border and category, which trees only look up.
/// </remarks>
/// <param name="Count">How many bins there are.</param>
/// <param name="Answers">How many answers there are.</param>
/// <param name="Floats">Those of numbers.</param>
/// <param name="Categories">The columns of categories that are looked at.</param>
/// <param name="OneHots">Those of single categories.</param>
/// <param name="Ctrs">Those of numbers that are looked up.</param>
internal sealed record BinLayout(int Count, int Answers, FloatBins[] Floats, int[] Categories, OneHotBin[] OneHots, CtrBins[] Ctrs);
