using Flama.Boosters.LightGbm;
using Flama.Boosters.XGBoost;
using Flama.Pickle;
using Flama.Sklearn.LightGbm;
using Flama.Sklearn.XGBoost;

namespace Flama.Sklearn;

/// <summary>Model files that libraries beside scikit-learn write themselves, not by way of a pickle.</summary>
internal static class NativeFile
{
    /// <summary>Whether bytes look like such a file, or like one that <see cref="TryOpen"/> refuses by name.</summary>
    public static bool IsNative(ReadOnlySpan<byte> bytes) => LightGbmText.IsModel(bytes) || BoosterDocument.IsBooster(bytes);

    /// <summary>Makes the object that a pickle of the same model would hold.</summary>
    /// <returns>The object; null when the bytes are no such file.</returns>
    /// <exception cref="FlamaException">The file is damaged, or of a form that is not read.</exception>
    public static PickleObject? TryOpen(ReadOnlySpan<byte> bytes) =>
        LightGbmText.IsModel(bytes) ? LightGbmFile.Open(bytes)
        : BoosterDocument.IsBooster(bytes) ? XGBoostFile.Open(bytes)
        : null;
}
