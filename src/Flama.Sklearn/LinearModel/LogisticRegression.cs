using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.LinearModel;

/// <summary>
/// Logistic regression: scores X·coef_ᵀ + intercept_; probabilities by the logistic function of each score (one against the rest) or by
/// softmax (multinomial).
/// </summary>
/// <remarks>
/// Which of the two: up to 1.7 the parameter <c>multi_class</c> says, 'auto' and 'deprecated' meaning one against the rest for two classes or the solver
/// liblinear; later there is no such parameter and only two classes are one against the rest. Two classes fitted as multinomial give
/// softmax([−d, d]). Missing values are refused. Source: sklearn.linear_model._logistic, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LogisticRegression : LinearClassifier
{
    private readonly bool isOneVersusRest;

    public LogisticRegression(EstimatorState state)
        : base(state)
    {
        RequireTwoClasses(state);
        isOneVersusRest = (state.OptionalText("multi_class") ?? "auto") switch
        {
            "ovr" or "warn" => true,
            "multinomial" => false,
            _ => Classes.Count <= 2 || state.OptionalText("solver") == "liblinear",
        };
    }

    protected override bool HasProbabilities => true;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (DecisionColumns == 1)
        {
            PredictTwo(input, output);
            return;
        }

        Decide(input, output);
        if (!isOneVersusRest)
        {
            Softmax.Rows(output);
            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            Expit.Apply(output.Row(row));
            Softmax.Normalize(output.Row(row));
        }
    }

    private void PredictTwo(FeatureBatch input, OutputSlice output)
    {
        Decide(input, output.Slice(0, 1));
        for (var row = 0; row < output.Rows; row++)
        {
            var score = output[row, 0];
            var positive = isOneVersusRest ? Expit.Of(score) : Expit.Of(2 * score);
            output[row, 0] = isOneVersusRest ? 1 - positive : Expit.Of(-2 * score);
            output[row, 1] = positive;
        }
    }
}
