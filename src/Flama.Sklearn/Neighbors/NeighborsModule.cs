namespace Flama.Sklearn.Neighbors;

/// <summary>The estimators of <c>sklearn.neighbors</c>.</summary>
internal static class NeighborsModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("KNeighborsClassifier", state => new KNeighborsClassifier(state), "sklearn.neighbors._classification", "sklearn.neighbors.classification"),
    ];
}
