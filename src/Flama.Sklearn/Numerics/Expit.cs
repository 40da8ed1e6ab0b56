namespace Flama.Sklearn.Numerics;

/// <summary>The logistic function 1 / (1 + e^−x).</summary>
internal static class Expit
{
    /// <summary>The function of one number; never overflows, NaN stays NaN.</summary>
    public static double Of(double x)
    {
        if (x < 0)
        {
            var e = Math.Exp(x);
            return e / (1 + e);
        }

        return 1 / (1 + Math.Exp(-x));
    }

    /// <summary>Replaces each number by its function.</summary>
    public static void Apply(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = Of(value);
        }
    }
}
