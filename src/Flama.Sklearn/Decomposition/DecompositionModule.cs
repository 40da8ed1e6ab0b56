namespace Flama.Sklearn.Decomposition;

/// <summary>The estimators of <c>sklearn.decomposition</c>.</summary>
internal static class DecompositionModule
{
    private const string Dictionary = "sklearn.decomposition._dict_learning";
    private const string OldDictionary = "sklearn.decomposition.dict_learning";
    private const string Factorization = "sklearn.decomposition._nmf";
    private const string OldFactorization = "sklearn.decomposition.nmf";
    private const string Sparse = "sklearn.decomposition._sparse_pca";
    private const string OldSparse = "sklearn.decomposition.sparse_pca";

    public static readonly EstimatorEntry[] Entries =
    [
        new("DictionaryLearning", state => new SparseCoding(state, "components_"), Dictionary, OldDictionary),
        new("FactorAnalysis", state => new FactorAnalysis(state), "sklearn.decomposition._factor_analysis", "sklearn.decomposition.factor_analysis"),
        new("FastICA", state => new FastICA(state), "sklearn.decomposition._fastica", "sklearn.decomposition.fastica_"),
        new("IncrementalPCA", state => new PCA(state, hasScore: false), "sklearn.decomposition._incremental_pca", "sklearn.decomposition.incremental_pca"),
        new("KernelPCA", state => new KernelPCA(state), "sklearn.decomposition._kernel_pca", "sklearn.decomposition.kernel_pca"),
        new("LatentDirichletAllocation", state => new LatentDirichletAllocation(state), "sklearn.decomposition._lda", "sklearn.decomposition.online_lda"),
        new("MiniBatchDictionaryLearning", state => new SparseCoding(state, "components_"), Dictionary, OldDictionary),
        new("MiniBatchNMF", state => new NMF(state, isMiniBatch: true), Factorization),
        new("MiniBatchSparsePCA", state => new SparsePCA(state), Sparse, OldSparse),
        new("NMF", state => new NMF(state, isMiniBatch: false), Factorization, OldFactorization),
        new("PCA", state => new PCA(state, hasScore: true), "sklearn.decomposition._pca", "sklearn.decomposition.pca"),
        new("SparseCoder", state => new SparseCoding(state, "dictionary"), Dictionary, OldDictionary),
        new("SparsePCA", state => new SparsePCA(state), Sparse, OldSparse),
        new("TruncatedSVD", state => new TruncatedSVD(state), "sklearn.decomposition._truncated_svd", "sklearn.decomposition.truncated_svd"),
    ];
}
