namespace Flama.Boosters;

/// <summary>The Python names of what boosters can do.</summary>
internal static class BoosterMethods
{
    /// <summary>Labels of classes, or numbers.</summary>
    public const string Predict = ModelMethod.Predict;

    /// <summary>The probability of each class.</summary>
    public const string PredictProba = "predict_proba";

    /// <summary>The logarithm of the probability of each class.</summary>
    public const string PredictLogProba = "predict_log_proba";

    /// <summary>CatBoost's raw numbers, which Python gives for <c>prediction_type='RawFormulaVal'</c>.</summary>
    public const string RawFormulaVal = "raw_formula_val";

    /// <summary>Raw scores of classes.</summary>
    public const string DecisionFunction = "decision_function";

    /// <summary>The numbers of the leaves that a row ends in, one per tree.</summary>
    public const string Apply = "apply";
}
