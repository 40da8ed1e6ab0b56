using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>
/// Histogram gradient boosting. Two classes: one raw score, probability 1 / (1 + e^−score), the second class above 0. More classes: one score
/// each, softmax.
/// </summary>
/// <remarks>
/// Missing values go where training sent them, infinities are numbers; text columns can be categories since 1.4. Source:
/// sklearn.ensemble._hist_gradient_boosting, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class HistGradientBoostingClassifier : Classifier
{
    private readonly HistModel model;
    private readonly bool ranksProbabilities;

    public HistGradientBoostingClassifier(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        state.Choice("loss", "log_loss", "auto", "binary_crossentropy", "categorical_crossentropy");
        ranksProbabilities = !state.Version.IsAtLeast(1, 4);
        model = new HistModel(state, this, DecisionColumns);
    }

    public override InputRule Input => model.Input;

    public override bool SelectsByName => model.SelectsByName && FeatureNames is not null;

    protected override bool HasProbabilities => true;

    // scikit-learn has none here.
    protected override bool HasLogProbabilities => false;

    protected override bool HasDecisions => true;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => model.Describe(columns);

    protected override void Decide(FeatureBatch input, OutputSlice output) => model.Score(input, output);

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * DecisionColumns);
        var scores = new OutputSlice(scratch.Span, DecisionColumns);
        model.Score(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = ranksProbabilities ? BoostedChoice.Of(scores.Row(row)) : DecisionColumns == 1 ? (scores[row, 0] > 0 ? 1 : 0) : ArgMax(scores.Row(row));
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (DecisionColumns > 1)
        {
            model.Score(input, output);
            Softmax.Rows(output);
            return;
        }

        model.Score(input, output.Slice(1, 1));
        for (var row = 0; row < output.Rows; row++)
        {
            var positive = Expit.Of(output[row, 1]);
            output[row, 0] = 1 - positive;
            output[row, 1] = positive;
        }
    }
}
