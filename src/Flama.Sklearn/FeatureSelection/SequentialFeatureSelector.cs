namespace Flama.Sklearn.FeatureSelection;

/// <summary>Keeps the columns that a stepwise search chose.</summary>
/// <remarks>Source: sklearn.feature_selection._sequential, checked against 1.2, 1.4 and 1.9.</remarks>
internal sealed class SequentialFeatureSelector(EstimatorState state) : Selector(state, state.Array("support_").ToBooleans())
{
    protected override bool TakesAnything { get; } = ModelImportances.TakesMissing(state.Part(state.Required("estimator"), "estimator"));
}
