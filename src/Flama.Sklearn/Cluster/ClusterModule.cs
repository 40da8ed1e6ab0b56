namespace Flama.Sklearn.Cluster;

/// <summary>The estimators of <c>sklearn.cluster</c>.</summary>
internal static class ClusterModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("KMeans", state => new KMeans(state), "sklearn.cluster._kmeans", "sklearn.cluster.k_means_"),
        new("MiniBatchKMeans", state => new KMeans(state), "sklearn.cluster._kmeans", "sklearn.cluster.k_means_"),
    ];
}
