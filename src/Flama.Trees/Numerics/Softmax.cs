namespace Flama.Trees.Numerics;

/// <summary>Scores to probabilities.</summary>
internal static class Softmax
{
    /// <summary>Replaces each row by e^(x − max) divided by its sum.</summary>
    public static void Rows(OutputSlice rows)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            var max = values[0];
            foreach (var value in values)
            {
                max = Math.Max(max, value);
            }

            foreach (ref var value in values)
            {
                value -= max;
            }
        }

        Exp(rows);
        for (var row = 0; row < rows.Rows; row++)
        {
            Normalize(rows.Row(row));
        }
    }

    /// <summary>Divides a row by its sum, added from the left; a row that sums to 0 becomes NaN.</summary>
    public static void Normalize(Span<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
        }

        foreach (ref var value in row)
        {
            value /= sum;
        }
    }

    private static void Exp(OutputSlice rows)
    {
        if (rows.IsContiguous)
        {
            Exponential.Apply(rows.Numbers);
            return;
        }

        for (var row = 0; row < rows.Rows; row++)
        {
            Exponential.Apply(rows.Row(row));
        }
    }
}
