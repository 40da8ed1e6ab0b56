namespace Flama.Sklearn.Covariance;

/// <summary>The estimators of <c>sklearn.covariance</c>.</summary>
internal static class CovarianceModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
