namespace Flama.Sklearn.Frozen;

/// <summary>The estimators of <c>sklearn.frozen</c>.</summary>
internal static class FrozenModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("FrozenEstimator", state => new FrozenEstimator(state), "sklearn.frozen._frozen"),
    ];
}
