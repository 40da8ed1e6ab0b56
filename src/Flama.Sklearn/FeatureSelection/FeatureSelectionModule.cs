namespace Flama.Sklearn.FeatureSelection;

/// <summary>The estimators of <c>sklearn.feature_selection</c>.</summary>
internal static class FeatureSelectionModule
{
    private const string Univariate = "sklearn.feature_selection._univariate_selection";
    private const string OldUnivariate = "sklearn.feature_selection.univariate_selection";
    private const string Elimination = "sklearn.feature_selection._rfe";
    private const string OldElimination = "sklearn.feature_selection.rfe";

    public static readonly EstimatorEntry[] Entries =
    [
        new("GenericUnivariateSelect", UnivariateSelector.Generic, Univariate, OldUnivariate),
        new("RFE", state => new EliminationSelector(state), Elimination, OldElimination),
        new("RFECV", state => new EliminationSelector(state), Elimination, OldElimination),
        new("SelectFdr", UnivariateSelector.Of("fdr", "alpha"), Univariate, OldUnivariate),
        new("SelectFpr", UnivariateSelector.Of("fpr", "alpha"), Univariate, OldUnivariate),
        new("SelectFromModel", state => new SelectFromModel(state), "sklearn.feature_selection._from_model", "sklearn.feature_selection.from_model"),
        new("SelectFwe", UnivariateSelector.Of("fwe", "alpha"), Univariate, OldUnivariate),
        new("SelectKBest", UnivariateSelector.Of("k_best", "k"), Univariate, OldUnivariate),
        new("SelectPercentile", UnivariateSelector.Of("percentile", "percentile"), Univariate, OldUnivariate),
        new("SequentialFeatureSelector", state => new SequentialFeatureSelector(state), "sklearn.feature_selection._sequential"),
        new(
            "VarianceThreshold",
            state => new VarianceThreshold(state),
            "sklearn.feature_selection._variance_threshold",
            "sklearn.feature_selection.variance_threshold"),
    ];
}
