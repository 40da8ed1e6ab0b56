namespace Flama.Sklearn.Manifold;

/// <summary>The estimators of <c>sklearn.manifold</c>.</summary>
internal static class ManifoldModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
