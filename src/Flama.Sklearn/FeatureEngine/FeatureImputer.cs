namespace Flama.Sklearn.FeatureEngine;

/// <summary>Fills missing cells of each variable with one value: a number (ArbitraryNumber, EndTail, MeanMedian) or a string (Categorical).</summary>
/// <remarks>Source: feature_engine.imputation, checked against 1.9.4.</remarks>
internal sealed class FeatureImputer : FeatureTransformer
{
    public FeatureImputer(EstimatorState state)
        : base(state)
    {
        var fillings = ByColumn(state, "imputer_dict_");
        Outputs = [.. InPlace(i => fillings.TryGetValue(i, out var filling) ? new FilledColumn(i, Labels.NameOf(i), state.AsScalar(filling, "imputer_dict_")) : null)];
    }
}
