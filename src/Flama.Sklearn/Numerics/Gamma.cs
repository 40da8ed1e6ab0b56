namespace Flama.Sklearn.Numerics;

/// <summary>The gamma function of positive numbers.</summary>
internal static class Gamma
{
    private const double Large = 16;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>
    /// Γ(x), relative error below 1e-13: Γ(x) = Γ(x + 1)/x up to 16, then Stirling's series to the ninth power. Infinite above 171.6; NaN for NaN and below 0.
    /// </summary>
    public static double Of(double x)
    {
        if (!(x >= 0))
        {
            return double.NaN;
        }

        var product = 1.0;
        for (; x < Large; x++)
        {
            product *= x;
        }

        var r = 1 / x;
        var square = r * r;
        var series = r * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square / 1188))))))));
        return double.IsPositiveInfinity(x) ? x : Math.Exp(((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + series) / product;
    }
}
