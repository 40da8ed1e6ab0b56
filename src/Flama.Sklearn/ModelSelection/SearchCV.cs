namespace Flama.Sklearn.ModelSelection;

/// <summary>The best estimator of a search over parameters, fitted again on all rows: grid, randomised and halving searches.</summary>
/// <remarks>
/// A search with <c>refit=False</c> keeps no estimator. <c>score_samples</c> is handed on since 0.24.
/// Source: sklearn.model_selection._search and _search_successive_halving, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SearchCV(EstimatorState state) : DelegatingEstimator(state, BestOf(state), method => Forwards(method, state.Version))
{
    private static Estimator BestOf(EstimatorState state) => state.Has("best_estimator_") || state.Value("refit") is not false
        ? state.Estimator("best_estimator_")
        : throw state.Unsupported("a search with refit=False, which keeps no estimator,");

    private static bool Forwards(Method method, SklearnVersion version) => method switch
    {
        Method.Predict or Method.PredictProba or Method.PredictLogProba or Method.DecisionFunction => true,
        Method.Transform or Method.InverseTransform => true,
        Method.ScoreSamples => version.IsAtLeast(0, 24),
        _ => false,
    };
}
