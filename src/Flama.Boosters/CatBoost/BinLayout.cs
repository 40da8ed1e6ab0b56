namespace Flama.Boosters.CatBoost;

/// <summary>What the bins of a row are: for each feature that trees look at a byte, or several. Immutable and thread-safe.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Floats">Those of numbers.</param>
/// <param name="Categories">The columns of categories that are looked at.</param>
/// <param name="OneHots">Those of single categories.</param>
/// <param name="Ctrs">Those of numbers that are looked up.</param>
internal sealed record BinLayout(int Count, FloatBins[] Floats, int[] Categories, OneHotBin[] OneHots, CtrBins[] Ctrs);
