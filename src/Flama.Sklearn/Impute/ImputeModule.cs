namespace Flama.Sklearn.Impute;

/// <summary>The estimators of <c>sklearn.impute</c>.</summary>
internal static class ImputeModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("SimpleImputer", state => new SimpleImputer(state), "sklearn.impute._base", "sklearn.impute"),
    ];
}
