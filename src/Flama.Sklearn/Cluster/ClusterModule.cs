namespace Flama.Sklearn.Cluster;

/// <summary>The estimators of <c>sklearn.cluster</c>.</summary>
internal static class ClusterModule
{
    private const string KMeansModule = "sklearn.cluster._kmeans";
    private const string OldKMeans = "sklearn.cluster.k_means_";
    private const string Agglomerative = "sklearn.cluster._agglomerative";
    private const string OldAgglomerative = "sklearn.cluster.hierarchical";
    private const string Biclustering = "sklearn.cluster._bicluster";
    private const string OldBiclustering = "sklearn.cluster.bicluster";

    public static readonly EstimatorEntry[] Entries =
    [
        new("AffinityPropagation", state => new AffinityPropagation(state), "sklearn.cluster._affinity_propagation", "sklearn.cluster.affinity_propagation_"),
        new("AgglomerativeClustering", state => new TrainingOnlyEstimator(state), Agglomerative, OldAgglomerative),
        new("Birch", state => new Birch(state), "sklearn.cluster._birch", "sklearn.cluster.birch"),
        new("BisectingKMeans", state => new BisectingKMeans(state), "sklearn.cluster._bisect_k_means"),
        new("DBSCAN", state => new TrainingOnlyEstimator(state), "sklearn.cluster._dbscan", "sklearn.cluster.dbscan_"),
        new("FeatureAgglomeration", state => new FeatureAgglomeration(state), Agglomerative, OldAgglomerative),
        new("HDBSCAN", state => new TrainingOnlyEstimator(state), "sklearn.cluster._hdbscan.hdbscan"),
        new("KMeans", state => new KMeans(state), KMeansModule, OldKMeans),
        new("MeanShift", state => new MeanShift(state), "sklearn.cluster._mean_shift", "sklearn.cluster.mean_shift_"),
        new("MiniBatchKMeans", state => new KMeans(state), KMeansModule, OldKMeans),
        new("OPTICS", state => new TrainingOnlyEstimator(state), "sklearn.cluster._optics", "sklearn.cluster.optics_"),
        new("SpectralBiclustering", state => new TrainingOnlyEstimator(state), Biclustering, OldBiclustering),
        new("SpectralClustering", state => new TrainingOnlyEstimator(state), "sklearn.cluster._spectral", "sklearn.cluster.spectral"),
        new("SpectralCoclustering", state => new TrainingOnlyEstimator(state), Biclustering, OldBiclustering),
    ];
}
