namespace Flama.Sklearn.Numerics;

/// <summary>ln Σ e^x without overflow.</summary>
internal static class LogSumExp
{
    /// <summary>The logarithm of the sum of the exponentials; NaN when a value is NaN.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var max = double.NegativeInfinity;
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        // An infinite maximum would turn every difference into NaN; scipy subtracts 0 then.
        var shift = double.IsFinite(max) ? max : 0;
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - shift);
        }

        return Math.Log(sum) + shift;
    }

    /// <summary>Subtracts from each row its own, so that its exponentials add up to 1.</summary>
    public static void Normalize(OutputSlice rows)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            var normalizer = Of(values);
            foreach (ref var value in values)
            {
                value -= normalizer;
            }
        }
    }
}
