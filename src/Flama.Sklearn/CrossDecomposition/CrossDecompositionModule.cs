namespace Flama.Sklearn.CrossDecomposition;

/// <summary>The estimators of <c>sklearn.cross_decomposition</c>.</summary>
internal static class CrossDecompositionModule
{
    private const string Module = "sklearn.cross_decomposition._pls";
    private const string Old = "sklearn.cross_decomposition.pls_";

    public static readonly EstimatorEntry[] Entries =
    [
        new("CCA", state => new PLS(state), Module, "sklearn.cross_decomposition._cca", "sklearn.cross_decomposition.cca_"),
        new("PLSCanonical", state => new PLS(state), Module, Old),
        new("PLSRegression", state => new PLS(state), Module, Old),
        new("PLSSVD", state => new PLSSVD(state), Module, Old),
    ];
}
