namespace Flama.Sklearn.Manifold;

/// <summary>The estimators of <c>sklearn.manifold</c>.</summary>
internal static class ManifoldModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("ClassicalMDS", state => new TrainingOnlyEstimator(state), "sklearn.manifold._classical_mds"),
        new("Isomap", state => new Isomap(state), "sklearn.manifold._isomap", "sklearn.manifold.isomap"),
        new("LocallyLinearEmbedding", state => new LocallyLinearEmbedding(state), "sklearn.manifold._locally_linear", "sklearn.manifold.locally_linear"),
        new("MDS", state => new TrainingOnlyEstimator(state), "sklearn.manifold._mds", "sklearn.manifold.mds"),
        new("SpectralEmbedding", state => new TrainingOnlyEstimator(state), "sklearn.manifold._spectral_embedding", "sklearn.manifold.spectral_embedding_"),
        new("TSNE", state => new TrainingOnlyEstimator(state), "sklearn.manifold._t_sne", "sklearn.manifold.t_sne"),
    ];
}
