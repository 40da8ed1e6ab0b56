namespace Flama.Sklearn.FeatureSelection;

/// <summary>The estimators of <c>sklearn.feature_selection</c>.</summary>
internal static class FeatureSelectionModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
