namespace Flama.Sklearn.ModelSelection;

/// <summary>The estimators of <c>sklearn.model_selection</c>.</summary>
internal static class ModelSelectionModule
{
    private const string Search = "sklearn.model_selection._search";
    private const string Halving = "sklearn.model_selection._search_successive_halving";
    private const string Threshold = "sklearn.model_selection._classification_threshold";

    public static readonly EstimatorEntry[] Entries =
    [
        new("FixedThresholdClassifier", state => new ThresholdClassifier(state), Threshold),
        new("GridSearchCV", state => new SearchCV(state), Search, "sklearn.grid_search"),
        new("HalvingGridSearchCV", state => new SearchCV(state), Halving),
        new("HalvingRandomSearchCV", state => new SearchCV(state), Halving),
        new("RandomizedSearchCV", state => new SearchCV(state), Search, "sklearn.grid_search"),
        new("TunedThresholdClassifierCV", state => new ThresholdClassifier(state), Threshold),
    ];
}
