namespace Flama.Sklearn.RandomProjection;

/// <summary>The estimators of <c>sklearn.random_projection</c>.</summary>
internal static class RandomProjectionModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("GaussianRandomProjection", state => new RandomProjection(state), "sklearn.random_projection"),
        new("SparseRandomProjection", state => new RandomProjection(state), "sklearn.random_projection"),
    ];
}
