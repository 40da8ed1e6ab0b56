namespace Flama.Sklearn.FeatureSelection;

/// <summary>Keeps the columns that a model finds important: coefficients or importances at or above a threshold, at most <c>max_features</c> of them.</summary>
/// <remarks>
/// The threshold is a number, 'mean' or 'median' of the importances, or a multiple such as '1.25*mean'; without one it is 1e-5 for models with an l1 penalty and
/// the mean for others. Source: sklearn.feature_selection._from_model, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SelectFromModel : Selector
{
    public SelectFromModel(EstimatorState state)
        : base(state, MaskOf(state))
    {
        TakesAnything = ModelImportances.TakesMissing(ModelOf(state));
    }

    protected override bool TakesAnything { get; }

    private static EstimatorState ModelOf(EstimatorState state)
    {
        var name = state.FirstOf("estimator_", "estimator");
        return state.Part(state.Required(name), name);
    }

    private static bool[] MaskOf(EstimatorState state)
    {
        var model = ModelOf(state);
        var scores = ModelImportances.Of(model, state);
        var threshold = ThresholdOf(state, model, scores);
        var mask = new bool[scores.Length];
        mask.AsSpan().Fill(true);
        if (state.Value("max_features") is not null)
        {
            mask = HighestOf(scores, state.Integer(state.Has("max_features_") ? "max_features_" : "max_features"));
        }

        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] &= !(scores[i] < threshold);
        }

        return mask;
    }

    // Of equal scores the earlier.
    private static bool[] HighestOf(double[] scores, int count)
    {
        var mask = new bool[scores.Length];
        foreach (var column in Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(count))
        {
            mask[column] = true;
        }

        return mask;
    }

    private static double ThresholdOf(EstimatorState state, EstimatorState model, double[] scores) => state.Value("threshold") switch
    {
        null => IsSparseModel(model) ? 1e-5 : scores.Average(),
        string text => NamedThreshold(state, text, scores),
        _ => state.Number("threshold"),
    };

    private static bool IsSparseModel(EstimatorState model)
    {
        var isL1Ratio = IsOne(model.Value("l1_ratio_")) || IsOne(model.Value("l1_ratio"));
        return model.Value("penalty") is "l1"
            || model.ClassName.Contains("Lasso", StringComparison.Ordinal)
            || (model.ClassName.Contains("ElasticNet", StringComparison.Ordinal) && isL1Ratio);
    }

    private static bool IsOne(object? value) => value is long and 1 || (value is double number && Math.Abs(number - 1) <= 1e-8 + 1e-5);

    private static double NamedThreshold(EstimatorState state, string text, double[] scores)
    {
        var parts = text.Split('*');
        var scale = 1.0;
        if (parts.Length > 2 || (parts.Length == 2 && !Json.PythonNumber.TryParse(parts[0].Trim(), out scale)))
        {
            throw state.Fail($"its threshold is '{text}', expected a number, 'mean', 'median' or a multiple such as '1.25*mean'");
        }

        return parts[^1].Trim() switch
        {
            "mean" => scale * scores.Average(),
            "median" => scale * SupportMask.Quantile(scores, 0.5),
            _ => throw state.Fail($"its threshold is '{text}', expected a number, 'mean', 'median' or a multiple such as '1.25*mean'"),
        };
    }
}
