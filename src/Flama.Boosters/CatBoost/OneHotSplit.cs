using System.Runtime.InteropServices;

namespace Flama.Boosters.CatBoost;

/// <summary>Whether a feature of categories has one category, laid out as in the file.</summary>
/// <param name="Feature">The feature's <see cref="CategoryFeature.Index"/>.</param>
/// <param name="Value">The hash of the category.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OneHotSplit(int Feature, int Value);
