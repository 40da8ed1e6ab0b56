namespace Flama.Sklearn.Ensemble;

/// <summary>The estimators of <c>sklearn.ensemble</c>.</summary>
internal static class EnsembleModule
{
    private const string Bagging = "sklearn.ensemble._bagging";
    private const string OldBagging = "sklearn.ensemble.bagging";
    private const string Forest = "sklearn.ensemble._forest";
    private const string OldForest = "sklearn.ensemble.forest";
    private const string Boosting = "sklearn.ensemble._gb";
    private const string OldBoosting = "sklearn.ensemble.gradient_boosting";
    private const string HistBoosting = "sklearn.ensemble._hist_gradient_boosting.gradient_boosting";
    private const string Stacking = "sklearn.ensemble._stacking";
    private const string Voting = "sklearn.ensemble._voting";
    private const string OldVoting = "sklearn.ensemble.voting";
    private const string OldestVoting = "sklearn.ensemble.voting_classifier";
    private const string WeightBoosting = "sklearn.ensemble._weight_boosting";
    private const string OldWeightBoosting = "sklearn.ensemble.weight_boosting";

    public static readonly EstimatorEntry[] Entries =
    [
        new("AdaBoostClassifier", state => new AdaBoostClassifier(state), WeightBoosting, OldWeightBoosting),
        new("AdaBoostRegressor", state => new AdaBoostRegressor(state), WeightBoosting, OldWeightBoosting),
        new("BaggingClassifier", state => new BaggingClassifier(state), Bagging, OldBagging),
        new("BaggingRegressor", state => new BaggingRegressor(state), Bagging, OldBagging),
        new("ExtraTreesClassifier", state => new ForestClassifier(state), Forest, OldForest),
        new("ExtraTreesRegressor", state => new ForestRegressor(state), Forest, OldForest),
        new("GradientBoostingClassifier", state => new GradientBoostingClassifier(state), Boosting, OldBoosting),
        new("GradientBoostingRegressor", state => new GradientBoostingRegressor(state), Boosting, OldBoosting),
        new("HistGradientBoostingClassifier", state => new HistGradientBoostingClassifier(state), HistBoosting),
        new("HistGradientBoostingRegressor", state => new HistGradientBoostingRegressor(state), HistBoosting),
        new("IsolationForest", state => new IsolationForest(state), "sklearn.ensemble._iforest", "sklearn.ensemble.iforest"),
        new("RandomForestClassifier", state => new ForestClassifier(state), Forest, OldForest),
        new("RandomForestRegressor", state => new ForestRegressor(state), Forest, OldForest),
        new("RandomTreesEmbedding", state => new RandomTreesEmbedding(state), Forest, OldForest),
        new("StackingClassifier", state => new StackingClassifier(state), Stacking),
        new("StackingRegressor", state => new StackingRegressor(state), Stacking),
        new("VotingClassifier", state => new VotingClassifier(state), Voting, OldVoting, OldestVoting),
        new("VotingRegressor", state => new VotingRegressor(state), Voting, OldVoting),
    ];
}
