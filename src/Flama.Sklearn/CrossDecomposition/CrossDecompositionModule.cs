namespace Flama.Sklearn.CrossDecomposition;

/// <summary>The estimators of <c>sklearn.cross_decomposition</c>.</summary>
internal static class CrossDecompositionModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
