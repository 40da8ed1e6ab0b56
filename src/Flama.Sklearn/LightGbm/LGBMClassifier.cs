namespace Flama.Sklearn.LightGbm;

/// <summary>Gradient boosting by LightGBM for classes.</summary>
/// <remarks>
/// Two classes: probability p of the second. More: what the objective makes of the scores, the softmax or a probability for each class by itself. The first
/// largest is predicted. Missing values go where each split says. Source: lightgbm.sklearn, by its description.
/// </remarks>
internal sealed class LGBMClassifier : Classifier, INativeModel
{
    private readonly LightGbmInput booster;

    private LGBMClassifier(EstimatorState state, LightGbmInput booster, LabelSet labels)
        : base(state, labels)
    {
        this.booster = booster;
        FeatureCount = booster.Model.Features;
        FeatureNames = booster.Model.FeatureNames;
    }

    public string Framework => "lightgbm";

    public string FrameworkVersion => booster.Model.Version;

    public override InputRule Input => booster.Input;

    public override bool TakesSparse => !booster.Model.IsLinear;

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    // Since 4.7; estimators that prefer scores to probabilities, such as calibration, then take these.
    protected override bool HasDecisions => booster.Model.IsFrom47;

    protected override int DecisionColumns => booster.Model.Width;

    /// <summary>Makes the classifier.</summary>
    public static LGBMClassifier Create(EstimatorState state)
    {
        if (state.Value("_objective") is not (string or null))
        {
            throw state.Unsupported("an objective function of the user's");
        }

        var input = LightGbmInput.OfWrapper(state);
        var labels = state.Labels(state.FirstOf("_classes", "classes_"));
        return labels.Count == Math.Max(2, input.Model.Width)
            ? new(state, input, labels)
            : throw state.Fail($"it has {labels.Count} classes and its booster {input.Model.Width} scores");
    }

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => booster.Describe(columns);

    protected override void Decide(FeatureBatch input, OutputSlice output)
    {
        var width = booster.Model.Width;
        using var scratch = new Scratch(input.Rows * width);
        var scores = new OutputSlice(scratch.Span, width);
        booster.Score(this, input, scores);
        for (var row = 0; row < scores.Rows; row++)
        {
            scores.Row(row).CopyTo(output.Row(row));
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        var width = booster.Model.Width;
        using var scratch = new Scratch(input.Rows * width);
        var predictions = new OutputSlice(scratch.Span, width);
        booster.Predict(this, input, predictions);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (width > 1)
            {
                predictions.Row(row).CopyTo(output.Row(row));
                continue;
            }

            output[row, 0] = 1 - predictions[row, 0];
            output[row, 1] = predictions[row, 0];
        }
    }
}
