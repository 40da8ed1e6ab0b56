namespace Flama.Sklearn.FeatureSelection;

/// <summary>Keeps the columns whose variance in training is above a threshold.</summary>
/// <remarks>Missing and infinite values pass. Source: sklearn.feature_selection._variance_threshold, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class VarianceThreshold(EstimatorState state)
    : Selector(state, Array.ConvertAll(state.Vector("variances_"), Above(state.Number("threshold", 0))))
{
    protected override bool TakesAnything => true;

    private static Converter<double, bool> Above(double threshold) => variance => variance > threshold;
}
