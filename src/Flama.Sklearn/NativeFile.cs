using Flama.Boosters.LightGbm;
using Flama.Pickle;
using Flama.Sklearn.LightGbm;
using Flama.Sklearn.XGBoost;

namespace Flama.Sklearn;

/// <summary>Model files that libraries beside scikit-learn write themselves, not by way of a pickle.</summary>
internal static class NativeFile
{
    /// <summary>Whether a format is one of them, or one that <see cref="Open"/> refuses by name.</summary>
    public static bool IsNative(ModelFormat format) =>
        format == ModelFormats.LightGbmText || format == ModelFormats.XGBoostJson || format == ModelFormats.XGBoostUbjson
        || format == ModelFormats.XGBoostBinary;

    /// <summary>Makes the object that a pickle of the same model would hold.</summary>
    /// <exception cref="FlamaException">The file is damaged, or of a form that is not read.</exception>
    public static PickleObject Open(ReadOnlySpan<byte> bytes) =>
        LightGbmText.IsModel(bytes) ? LightGbmFile.Open(bytes) : XGBoostFile.Open(bytes);
}
