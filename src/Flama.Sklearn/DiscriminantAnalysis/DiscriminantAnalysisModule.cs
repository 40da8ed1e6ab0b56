namespace Flama.Sklearn.DiscriminantAnalysis;

/// <summary>The estimators of <c>sklearn.discriminant_analysis</c>.</summary>
internal static class DiscriminantAnalysisModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
