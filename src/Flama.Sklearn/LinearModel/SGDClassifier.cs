using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.LinearModel;

/// <summary>
/// Linear classifier trained by stochastic gradient descent. With logistic loss each score's probability is logistic; with modified Huber loss it is
/// (clip(d, −1, 1) + 1) / 2; more than two classes divide theirs by their sum. Other losses have no probabilities.
/// </summary>
/// <remarks>
/// A row whose probabilities are all 0 gets the same one for every class, with logistic loss since 1.9 only (NaN before). Missing values are refused.
/// Source: sklearn.linear_model._stochastic_gradient, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SGDClassifier : LinearClassifier
{
    private readonly bool isLogistic;
    private readonly bool isHuber;
    private readonly bool spreadsZeros;

    public SGDClassifier(EstimatorState state)
        : base(state)
    {
        RequireTwoClasses(state);
        var loss = state.OptionalText("loss");
        isLogistic = loss is "log_loss" or "log";
        isHuber = loss == "modified_huber";
        spreadsZeros = isHuber || state.Version.IsAtLeast(1, 9);
    }

    protected override bool HasProbabilities => isLogistic || isHuber;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        var isBinary = DecisionColumns == 1;
        var scores = isBinary ? output.Slice(1, 1) : output;
        Decide(input, scores);
        for (var row = 0; row < output.Rows; row++)
        {
            var values = scores.Row(row);
            ToProbabilities(values);
            if (isBinary)
            {
                output[row, 0] = 1 - output[row, 1];
                continue;
            }

            if (spreadsZeros && !values.ContainsAnyExcept(0.0))
            {
                values.Fill(1);
            }

            Softmax.Normalize(values);
        }
    }

    private void ToProbabilities(Span<double> values)
    {
        if (isLogistic)
        {
            Expit.Apply(values);
            return;
        }

        foreach (ref var value in values)
        {
            value = (Math.Clamp(value, -1, 1) + 1) / 2;
        }
    }
}
