namespace Flama.Sklearn.Tree;

/// <summary>The estimators of <c>sklearn.tree</c>.</summary>
internal static class TreeModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("DecisionTreeClassifier", state => new DecisionTreeClassifier(state), "sklearn.tree._classes", "sklearn.tree.tree"),
        new("DecisionTreeRegressor", state => new DecisionTreeRegressor(state), "sklearn.tree._classes", "sklearn.tree.tree"),
        new("ExtraTreeClassifier", state => new DecisionTreeClassifier(state), "sklearn.tree._classes", "sklearn.tree.tree"),
        new("ExtraTreeRegressor", state => new DecisionTreeRegressor(state), "sklearn.tree._classes", "sklearn.tree.tree"),
    ];
}
