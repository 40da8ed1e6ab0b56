namespace Flama.Sklearn.Impute;

/// <summary>The estimators of <c>sklearn.impute</c>.</summary>
internal static class ImputeModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("IterativeImputer", state => new IterativeImputer(state), "sklearn.impute._iterative"),
        new("KNNImputer", state => new KNNImputer(state), "sklearn.impute._knn"),
        new("MissingIndicator", state => new MissingIndicator(state), "sklearn.impute._base", "sklearn.impute"),
        new("SimpleImputer", state => new SimpleImputer(state), "sklearn.impute._base", "sklearn.impute"),
    ];
}
