namespace Flama.Sklearn.SemiSupervised;

/// <summary>The classifier that was trained on rows it had labelled itself.</summary>
/// <remarks>
/// Rows are numbers; whether missing ones may come in is that classifier's matter. Source: sklearn.semi_supervised._self_training, checked against 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SelfTrainingClassifier(EstimatorState state)
    : DelegatingEstimator(state, state.Estimator(state.FirstOf("estimator_", "base_estimator_")), Forwards)
{
    private static readonly InputRule AnyNumbers = new(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    public override InputRule Input => AnyNumbers;

    private static bool Forwards(Method method) =>
        method is Method.Predict or Method.PredictProba or Method.PredictLogProba or Method.DecisionFunction;
}
