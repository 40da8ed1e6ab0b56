namespace Flama.Sklearn.FeatureExtraction;

/// <summary>The estimators of <c>sklearn.feature_extraction</c>.</summary>
internal static class FeatureExtractionModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
