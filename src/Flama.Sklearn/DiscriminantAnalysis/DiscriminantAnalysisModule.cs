namespace Flama.Sklearn.DiscriminantAnalysis;

/// <summary>The estimators of <c>sklearn.discriminant_analysis</c>.</summary>
internal static class DiscriminantAnalysisModule
{
    private const string Module = "sklearn.discriminant_analysis";

    public static readonly EstimatorEntry[] Entries =
    [
        new("LinearDiscriminantAnalysis", state => new LinearDiscriminantAnalysis(state), Module),
        new("QuadraticDiscriminantAnalysis", state => new QuadraticDiscriminantAnalysis(state), Module),
    ];
}
