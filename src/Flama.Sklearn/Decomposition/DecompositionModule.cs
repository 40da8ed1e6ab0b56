namespace Flama.Sklearn.Decomposition;

/// <summary>The estimators of <c>sklearn.decomposition</c>.</summary>
internal static class DecompositionModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
