namespace Flama.Sklearn.LightGbm;

/// <summary>The estimators of <c>lightgbm</c>.</summary>
internal static class LightGbmModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
