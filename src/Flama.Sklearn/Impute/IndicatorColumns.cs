namespace Flama.Sklearn.Impute;

/// <summary>The columns of 0 and 1 that an imputer with <c>add_indicator</c> appends: one for each feature that had missing values in training.</summary>
internal static class IndicatorColumns
{
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
