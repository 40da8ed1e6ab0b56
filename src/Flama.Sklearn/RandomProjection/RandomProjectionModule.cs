namespace Flama.Sklearn.RandomProjection;

/// <summary>The estimators of <c>sklearn.random_projection</c>.</summary>
internal static class RandomProjectionModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
