namespace Flama.Sklearn.Numerics;

/// <summary>The digamma function ψ of positive numbers.</summary>
internal static class Digamma
{
    private const double EulerGamma = 0.577215664901532860606512090082402431;
    private const double Small = 1e-6;
    private const double Large = 6;

    /// <summary>ψ(x) to nearly full float64 precision: ψ(x) = ψ(x + 1) − 1/x up to 12, then the asymptotic series to the twelfth power.</summary>
    public static double Precise(double x)
    {
        var result = 0.0;
        for (; x < 12; x++)
        {
            result -= 1 / x;
        }

        var r = 1 / (x * x);
        return result + Math.Log(x) - (0.5 / x) - (r * ((1.0 / 12) - (r * ((1.0 / 120) - (r * ((1.0 / 252) - (r * ((1.0 / 240) - (r * ((1.0 / 132) - (r * (691.0 / 32760))))))))))));
    }

    /// <summary>
    /// ψ(x) to the precision that scikit-learn computes it with: ψ(x) = ψ(x + 1) − 1/x up to 6, then the asymptotic series to the sixth power.
    /// </summary>
    public static double Of(double x)
    {
        if (x <= Small)
        {
            return -EulerGamma - (1 / x);
        }

        var result = 0.0;
        for (; x < Large; x++)
        {
            result -= 1 / x;
        }

        var r = 1 / x;
        result += Math.Log(x) - (0.5 * r);
        r *= r;
        return result - (r * ((1.0 / 12) - (r * ((1.0 / 120) - (r * (1.0 / 252))))));
    }
}
