namespace Flama.Sklearn.Frozen;

/// <summary>A fitted estimator that is not to be fitted again; it answers as that estimator does.</summary>
/// <remarks>Source: sklearn.frozen._frozen, checked against 1.9.</remarks>
internal sealed class FrozenEstimator(EstimatorState state) : DelegatingEstimator(state, state.Estimator("estimator"));
