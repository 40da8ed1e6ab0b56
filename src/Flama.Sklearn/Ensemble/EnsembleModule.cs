namespace Flama.Sklearn.Ensemble;

/// <summary>The estimators of <c>sklearn.ensemble</c>.</summary>
internal static class EnsembleModule
{
    private const string Forest = "sklearn.ensemble._forest";
    private const string OldForest = "sklearn.ensemble.forest";
    private const string Boosting = "sklearn.ensemble._gb";
    private const string OldBoosting = "sklearn.ensemble.gradient_boosting";
    private const string HistBoosting = "sklearn.ensemble._hist_gradient_boosting.gradient_boosting";

    public static readonly EstimatorEntry[] Entries =
    [
        new("ExtraTreesClassifier", state => new ForestClassifier(state), Forest, OldForest),
        new("ExtraTreesRegressor", state => new ForestRegressor(state), Forest, OldForest),
        new("GradientBoostingClassifier", state => new GradientBoostingClassifier(state), Boosting, OldBoosting),
        new("GradientBoostingRegressor", state => new GradientBoostingRegressor(state), Boosting, OldBoosting),
        new("HistGradientBoostingClassifier", state => new HistGradientBoostingClassifier(state), HistBoosting),
        new("HistGradientBoostingRegressor", state => new HistGradientBoostingRegressor(state), HistBoosting),
        new("RandomForestClassifier", state => new ForestClassifier(state), Forest, OldForest),
        new("RandomForestRegressor", state => new ForestRegressor(state), Forest, OldForest),
    ];
}
