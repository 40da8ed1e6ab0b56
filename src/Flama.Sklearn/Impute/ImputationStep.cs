namespace Flama.Sklearn.Impute;

/// <summary>One step of an <see cref="IterativeImputer"/>: a column predicted from others.</summary>
/// <param name="Feature">The column.</param>
/// <param name="Neighbors">The columns it is predicted from.</param>
/// <param name="Estimator">What predicts it.</param>
/// <param name="Lowest">The smallest value it may get.</param>
/// <param name="Highest">The largest value it may get.</param>
internal sealed record ImputationStep(int Feature, int[] Neighbors, Estimator Estimator, double Lowest, double Highest)
{
    /// <summary>Predicts the masked cells of the column from the current values of the others.</summary>
    /// <param name="mask">1 where a cell is to be predicted, <paramref name="columns"/> a row.</param>
    /// <param name="table">The current values; the first columns are those of the mask.</param>
    /// <param name="columns">Columns of the mask.</param>
    public void Apply(ReadOnlySpan<double> mask, OutputSlice table, int columns)
    {
        var count = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            count += mask[(row * columns) + Feature] != 0 ? 1 : 0;
        }

        if (count == 0)
        {
            return;
        }

        using var batch = FeatureBatch.RentUninitialized(count, Neighbors.Length);
        using var scratch = new Scratch(count);
        var next = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            if (mask[(row * columns) + Feature] == 0)
            {
                continue;
            }

            var values = table.Row(row);
            var target = batch.WritableRow(next++);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = values[Neighbors[i]];
            }
        }

        Estimator.Run(Method.Predict, batch, new OutputSlice(scratch.Span, 1));
        next = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            if (mask[(row * columns) + Feature] != 0)
            {
                table[row, Feature] = Math.Min(Math.Max(scratch.Span[next++], Lowest), Highest);
            }
        }
    }
}
