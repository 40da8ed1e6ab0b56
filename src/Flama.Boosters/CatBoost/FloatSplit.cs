using System.Runtime.InteropServices;

namespace Flama.Boosters.CatBoost;

/// <summary>Whether a feature of numbers is above a border, laid out as in the file.</summary>
/// <param name="Feature">The feature's <see cref="FloatFeature.Index"/>.</param>
/// <param name="Border">The border.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FloatSplit(int Feature, float Border);
