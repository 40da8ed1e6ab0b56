namespace Flama.Sklearn.Sklearn2Pmml;

/// <summary>A transformer whose columns have other names in PMML; it answers as that transformer does.</summary>
/// <remarks>Source: sklearn2pmml.decoration, read at 0.129.2, whose own tests give the values of ours.</remarks>
internal sealed class TransformerAlias(EstimatorState state) : DelegatingEstimator(state, state.Estimator("transformer_"));
