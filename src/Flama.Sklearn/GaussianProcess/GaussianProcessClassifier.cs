namespace Flama.Sklearn.GaussianProcess;

/// <summary>A classification by Gaussian processes: one for two classes, else one per class or one a pair of classes.</summary>
/// <remarks>There are no probabilities where it has one per pair. Source: sklearn.gaussian_process._gpc, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class GaussianProcessClassifier(EstimatorState state) : DelegatingEstimator(
    state,
    state.Estimator("base_estimator_"),
    method => method == Method.Predict || (method == Method.PredictProba && !IsOfPairs(state)))
{
    private static bool IsOfPairs(EstimatorState state) =>
        state.Labels("classes_").Count > 2 && state.Value("multi_class") is "one_vs_one";
}
