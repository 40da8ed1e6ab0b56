namespace Flama.Sklearn.Impute;

/// <summary>The columns of 0 and 1 that an imputer with <c>add_indicator</c> appends: one for each feature that had missing values in training.</summary>
internal static class IndicatorColumns
{
    /// <summary>Which of the imputer's features its columns are; −1 for those of the indicator.</summary>
    /// <param name="kept">The features that have a column of their own.</param>
    /// <param name="indicated">The features that the indicator has a column for.</param>
    public static int[] Origins(int[] kept, int[] indicated) => [.. kept, .. Enumerable.Repeat(-1, indicated.Length)];

    /// <summary>The features that have a column; empty when the imputer has no indicator.</summary>
    /// <param name="state">The imputer's attributes.</param>
    /// <param name="features">How many features the imputer takes.</param>
    public static int[] Read(EstimatorState state, int features)
    {
        var indicated = state.Value("indicator_") is { } indicator ? state.Part(indicator, "indicator_").Integers("features_") : [];
        return indicated.Any(feature => feature < 0 || feature >= features)
            ? throw state.Fail("its indicator names a feature that it does not have")
            : indicated;
    }
}
