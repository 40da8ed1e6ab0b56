namespace Flama.Sklearn.Cluster;

/// <summary>Mean shift: the number of the nearest centre.</summary>
/// <remarks>Missing values are refused. Source: sklearn.cluster._mean_shift, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class MeanShift(EstimatorState state) : CenterModel(state, "cluster_centers_", hasTransform: false);
