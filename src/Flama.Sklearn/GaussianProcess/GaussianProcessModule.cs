namespace Flama.Sklearn.GaussianProcess;

/// <summary>The estimators of <c>sklearn.gaussian_process</c>.</summary>
internal static class GaussianProcessModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
