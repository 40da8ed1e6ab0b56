namespace Flama.Boosters;

/// <summary>The Python names of what boosters can do.</summary>
internal static class BoosterMethods
{
    /// <summary>Labels of classes, or numbers.</summary>
    public const string Predict = ModelMethod.Predict;

    /// <summary>The probability of each class.</summary>
    public const string PredictProba = "predict_proba";

    /// <summary>Raw scores of classes.</summary>
    public const string DecisionFunction = "decision_function";

    /// <summary>The numbers of the leaves that a row ends in, one per tree.</summary>
    public const string Apply = "apply";
}
