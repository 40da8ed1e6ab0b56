namespace Flama.Schemas;

/// <summary>Whether answers can be right: numbers that are finite, probabilities that are from 0 to 1 and sum to 1.</summary>
/// <param name="method">The method that answered.</param>
internal sealed class AnswerCheck(ModelMethod method)
{
    // Sums of float32 probabilities are off by some millionths.
    private const double Tolerance = 1e-4;

    // Steps that transform may pass missing values on.
    private readonly bool isChecked = method.Name.StartsWith("predict", StringComparison.Ordinal) || method.Name.StartsWith("decision", StringComparison.Ordinal);
    private readonly bool areLogarithms = string.Equals(method.Name, "predict_log_proba", StringComparison.Ordinal);
    private readonly bool areProbabilities = string.Equals(method.Name, ModelMethod.PredictProba, StringComparison.Ordinal) && method.OutputForm == OutputForm.Single;

    /// <summary>Checks an answer.</summary>
    /// <exception cref="FlamaException">It cannot be right (<see cref="ErrorCodes.InvalidAnswer"/>).</exception>
    public void Check(ModelOutput output)
    {
        for (var array = 0; array < output.Count && isChecked; array++)
        {
            if (output[array] is PredictionBatch batch && batch.Kind is PredictionKind.Float or PredictionKind.Integer)
            {
                Check(batch);
            }
        }
    }

    private void Check(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var sum = 0.0;
            foreach (var value in batch.Row(row))
            {
                if (!double.IsFinite(value) && !(areLogarithms && double.IsNegativeInfinity(value)))
                {
                    throw Wrong(row, $"has {value}, expected finite numbers");
                }

                if (areProbabilities && value is < -Tolerance or > 1 + Tolerance)
                {
                    throw Wrong(row, $"has {value}, expected probabilities from 0 to 1");
                }

                sum += value;
            }

            if (areProbabilities && batch.Width > 1 && Math.Abs(sum - 1) > Tolerance)
            {
                throw Wrong(row, $"sums to {sum}, expected 1");
            }
        }
    }

    private FlamaException Wrong(int row, FormattableString what) => new(
        ErrorCodes.InvalidAnswer, $"Row {row} of the answer of '{method.Name}' {FormattableString.Invariant(what)}.", "Look at the model with these rows; leave the check of answers off to get them all the same.");
}
