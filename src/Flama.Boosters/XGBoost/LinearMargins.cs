namespace Flama.Boosters.XGBoost;

/// <summary>Scores of a linear booster: the bias plus the sum of cell times weight over the cells that are not missing, in float32.</summary>
internal sealed class LinearMargins : MarginSource
{
    private readonly float[] weights;
    private readonly int features;
    private readonly float marker;

    /// <summary>Takes the weights.</summary>
    /// <param name="weights"><c>(features + 1) × scores</c>, the bias last.</param>
    /// <param name="features">How many columns.</param>
    /// <param name="marker">A number that counts as missing; NaN for none.</param>
    public LinearMargins(float[] weights, int features, float marker)
    {
        this.weights = weights;
        this.features = features;
        this.marker = marker;
    }

    public override bool TakesInfinity => false;

    public override void Add(FeatureBatch input, Span<float> scores, int width)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var target = scores.Slice(row * width, width);
            AddBias(target);
            if (input.Sparse is { } sparse)
            {
                var columns = sparse.ColumnsOf(row);
                var values = sparse.ValuesOf(row);
                for (var i = 0; i < columns.Length; i++)
                {
                    AddCell(columns[i], (float)values[i], target);
                }

                continue;
            }

            var numbers = input.Row(row);
            for (var column = 0; column < numbers.Length; column++)
            {
                AddCell(column, (float)numbers[column], target);
            }
        }
    }

    private void AddBias(Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += weights[(features * scores.Length) + i];
        }
    }

    private void AddCell(int column, float cell, Span<float> scores)
    {
        if (float.IsNaN(cell) || cell == marker)
        {
            return;
        }

        var of = weights.AsSpan(column * scores.Length, scores.Length);
        for (var i = 0; i < of.Length; i++)
        {
            scores[i] += cell * of[i];
        }
    }
}
