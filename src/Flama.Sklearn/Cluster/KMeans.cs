namespace Flama.Sklearn.Cluster;

/// <summary>k-means and its mini-batch form: <c>predict</c> gives the number of the nearest centre, <c>transform</c> the Euclidean distances to all.</summary>
/// <remarks>
/// The nearest centre is the first with the smallest |c|² − 2 x·c. Missing values are refused. Source: sklearn.cluster._kmeans, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KMeans(EstimatorState state) : CenterModel(state, "cluster_centers_", hasTransform: true)
{
    public override InputRule Input => InputRule.Floats;
}
