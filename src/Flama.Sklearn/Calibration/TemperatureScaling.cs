namespace Flama.Sklearn.Calibration;

/// <summary>Softmax of beta_ times the logits: the decisions as they are, the decision d of two classes as (−d, d), probabilities p as ln(p + 1e-12).</summary>
/// <remarks>
/// Whether several columns are probabilities is seen from the numbers of the whole batch (all within 0 and 1, every row adding up to 1), so that the answer to a row may depend on
/// the others. Source: sklearn.calibration since 1.8, checked against 1.9.
/// </remarks>
internal sealed class TemperatureScaling
{
    private const double Epsilon = 1e-12;

    private readonly double beta;
    private readonly bool isProbability;
    private readonly int width;

    public TemperatureScaling(EstimatorState state, Method method, int width, int classes, EstimatorState owner)
    {
        if (state.ClassName != "_TemperatureScaling")
        {
            throw state.Unsupported($"the calibrator {state.Class}");
        }

        beta = state.Number("beta_");
        isProbability = method == Method.PredictProba;
        this.width = width;
        if (width != classes && !(width == 1 && classes == 2))
        {
            throw owner.Fail($"its classifier gives {width} scores for {classes} classes");
        }
    }

    /// <summary>Whether each row's answer depends on that row alone.</summary>
    public bool IsRowwise => width == 1 || isProbability;

    /// <summary>Computes the probabilities.</summary>
    /// <param name="scores">Decisions or probabilities.</param>
    /// <param name="output">As many rows, one column per class.</param>
    public void Apply(OutputSlice scores, OutputSlice output)
    {
        var areProbabilities = width > 1 && AreProbabilities(scores);
        for (var row = 0; row < scores.Rows; row++)
        {
            var target = output.Row(row);
            if (width == 1)
            {
                target[0] = -beta * scores[row, 0];
                target[1] = beta * scores[row, 0];
                continue;
            }

            for (var i = 0; i < target.Length; i++)
            {
                var logit = areProbabilities ? Math.Log(scores[row, i] + Epsilon) : scores[row, i];
                target[i] = beta * logit;
            }
        }

        Softmax.Rows(output);
    }

    private static bool AreProbabilities(OutputSlice scores)
    {
        for (var row = 0; row < scores.Rows; row++)
        {
            var sum = 0.0;
            foreach (var value in scores.Row(row))
            {
                if (!(value >= 0 && value <= 1))
                {
                    return false;
                }

                sum += value;
            }

            if (!(Math.Abs(sum - 1) <= 1e-8 + 1e-5))
            {
                return false;
            }
        }

        return true;
    }
}
