namespace Flama.Sklearn.Mixture;

/// <summary>The estimators of <c>sklearn.mixture</c>.</summary>
internal static class MixtureModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
