using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>
/// Gradient boosting of trees. Two classes: one raw score, probability 1 / (1 + e^−score), or with exponential loss 1 / (1 + e^−2·score); the second class from 0 on. More
/// classes: one score each, softmax.
/// </summary>
/// <remarks>
/// Cells are rounded to float32; missing values are refused. Source: sklearn.ensemble._gb, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class GradientBoostingClassifier : Classifier
{
    private readonly BoostedTrees boosted;
    private readonly bool isExponential;
    private readonly bool ranksProbabilities;

    public GradientBoostingClassifier(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        isExponential = state.Choice("loss", "log_loss", "deviance", "exponential") == "exponential";
        ranksProbabilities = !isExponential && !state.Version.IsAtLeast(1, 4);
        var link = isExponential ? BoostingLink.HalfLogit
            : Classes.Count > 2 && state.Version.IsAtLeast(1, 4) ? BoostingLink.SymmetricLog
            : BoostingLink.Logit;
        var features = FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        Methods = [.. base.Methods, Method.Apply];
        boosted = new BoostedTrees(state, features, DecisionColumns, BoostingStart.Read(state, link, DecisionColumns));
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => InputRule.Floats32;

    public override bool TakesSparse => boosted.TakesSparse;

    protected override bool HasProbabilities => true;

    protected override bool HasDecisions => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Apply
        ? OutputShape.Numbers(boosted.Rounds * DecisionColumns) with { RowShape = [boosted.Rounds, DecisionColumns] }
        : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Apply)
        {
            boosted.Apply(input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Decide(FeatureBatch input, OutputSlice output) => boosted.Score(input, output);

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * DecisionColumns);
        var scores = new OutputSlice(scratch.Span, DecisionColumns);
        boosted.Score(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = ranksProbabilities ? BoostedChoice.Of(scores.Row(row)) : DecisionColumns == 1 ? (scores[row, 0] >= 0 ? 1 : 0) : ArgMax(scores.Row(row));
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (DecisionColumns > 1)
        {
            boosted.Score(input, output);
            Softmax.Rows(output);
            return;
        }

        boosted.Score(input, output.Slice(1, 1));
        for (var row = 0; row < output.Rows; row++)
        {
            var positive = Expit.Of(isExponential ? 2 * output[row, 1] : output[row, 1]);
            output[row, 0] = 1 - positive;
            output[row, 1] = positive;
        }
    }
}
