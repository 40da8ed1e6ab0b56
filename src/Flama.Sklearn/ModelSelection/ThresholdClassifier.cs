using Flama.Pickle;

namespace Flama.Sklearn.ModelSelection;

/// <summary>
/// A binary classifier with another threshold: the positive class where its probability (or decision) is at or above the threshold that was set
/// (FixedThresholdClassifier) or found by cross-validation (TunedThresholdClassifierCV). Its other methods are the classifier's.
/// </summary>
/// <remarks>
/// The positive class is the second one unless <c>pos_label</c>, or the metric that the threshold was tuned for, says otherwise; the decision for the first class is the negative of
/// the second's. A threshold 'auto' is ½ for probabilities and 0 for decisions. Source: sklearn.model_selection._classification_threshold, checked against 1.9.
/// </remarks>
internal sealed class ThresholdClassifier : DelegatingEstimator
{
    private readonly Method scoring;
    private readonly int width;
    private readonly int column;
    private readonly bool isNegated;
    private readonly int positive;
    private readonly double threshold;

    public ThresholdClassifier(EstimatorState state)
        : base(state, state.Estimator(state.FirstOf("estimator_", "estimator")), Forwards)
    {
        scoring = ScoringOf(state);
        if (!Inner.Has(Method.Predict) || Inner.Shape(Method.Predict, null) is not { Width: 1, Kind: PredictionKind.Label } shape || shape.Labels[0].Count != 2)
        {
            throw state.Fail($"its estimator ({Inner.Name}) does not predict one of two classes");
        }

        positive = PositiveOf(state, shape.Labels[0]);
        width = Inner.Shape(scoring, null).Width;
        column = scoring == Method.PredictProba ? positive : 0;
        isNegated = scoring == Method.DecisionFunction && positive == 0;
        threshold = ThresholdOf(state);
        if (width != (scoring == Method.PredictProba ? 2 : 1))
        {
            throw state.Fail($"its estimator ({Inner.Name}) gives {width} scores for two classes");
        }
    }

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.Predict)
        {
            base.Compute(method, input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * width);
        var scores = new OutputSlice(scratch.Span, width);
        Inner.Run(scoring, input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            var score = isNegated ? -scores[row, column] : scores[row, column];
            output[row, 0] = score >= threshold ? positive : 1 - positive;
        }
    }

    private static bool Forwards(Method method) =>
        method is Method.Predict or Method.PredictProba or Method.PredictLogProba or Method.DecisionFunction;

    // A metric of the positive class has 1 for it unless it was told another.
    private static Scalar? TunedFor(EstimatorState state)
    {
        var scorer = state.Part(state.Required("_curve_scorer"), "_curve_scorer");
        if (scorer.Value("_kwargs") is PickleDict arguments && arguments.TryGetValue("pos_label", out var label))
        {
            return label is null ? null : state.AsScalar(label, "_curve_scorer");
        }

        return scorer.Value("_score_func") is PickleSymbol { Global.Name: "f1_score" or "fbeta_score" or "precision_score" or "recall_score" or "jaccard_score" }
            ? Scalar.Of(1L)
            : null;
    }

    private Method ScoringOf(EstimatorState state)
    {
        var method = state.OptionalText("response_method") ?? "auto";
        var found = method == "auto"
            ? Inner.Has(Method.PredictProba) ? Method.PredictProba : Method.DecisionFunction
            : MethodNames.Find(method);
        return found is (Method.PredictProba or Method.DecisionFunction) and { } scored && Inner.Has(scored)
            ? scored
            : throw state.Fail($"its estimator ({Inner.Name}) has no method '{(method == "auto" ? "predict_proba" : method)}'");
    }

    private static int PositiveOf(EstimatorState state, LabelSet labels)
    {
        var label = state.ClassName == "TunedThresholdClassifierCV"
            ? TunedFor(state)
            : state.Value("pos_label") is { } given ? state.AsScalar(given, "pos_label") : null;
        if (label is not { } wanted)
        {
            return 1;
        }

        var position = LabelPositions.Find(labels, wanted);
        return position >= 0 ? position : throw state.Fail($"its positive class {wanted} is not among its classes");
    }

    private double ThresholdOf(EstimatorState state)
    {
        if (state.ClassName == "TunedThresholdClassifierCV")
        {
            return state.Number("best_threshold_");
        }

        return state.Value("threshold") is null or "auto"
            ? scoring == Method.PredictProba ? 0.5 : 0
            : state.Number("threshold");
    }
}
