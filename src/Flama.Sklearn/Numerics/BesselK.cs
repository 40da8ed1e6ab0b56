namespace Flama.Sklearn.Numerics;

/// <summary>The modified Bessel function of the second kind, K_ν(x).</summary>
internal static class BesselK
{
    private const double WidestStep = 0.125;
    private const double Negligible = 1e-18;

    /// <summary>K_ν(x) for x above 0 and ν of 0 or more, relative error below 1e-12; 0 where it underflows, infinite where it overflows.</summary>
    /// <remarks>
    /// ∫ e^(−x cosh t) cosh(νt) dt from 0 to ∞ by the trapezoidal rule, which gains digits exponentially with a smaller step: the integrand and all its derivatives vanish at both
    /// ends of the whole line, and it falls double exponentially. The step is at most half the width (x² + ν²)^(−¼) of the integrand's peak.
    /// </remarks>
    public static double Of(double nu, double x)
    {
        if (!(x > 0) || !double.IsFinite(nu))
        {
            return x == 0 ? double.PositiveInfinity : double.NaN;
        }

        var step = Math.Min(WidestStep, 0.5 / Math.Sqrt(Math.Sqrt((x * x) + (nu * nu))));

        // Beyond the peak, sinh t = ν/x, terms only fall.
        var peak = Math.Asinh(nu / x);
        var sum = 0.5;
        for (var i = 1; i < int.MaxValue; i++)
        {
            var t = i * step;
            var half = Math.Sinh(0.5 * t);
            var fall = -2 * x * half * half;
            var term = 0.5 * (Math.Exp(fall + (nu * t)) + Math.Exp(fall - (nu * t)));
            sum += term;
            if ((t > peak && term <= sum * Negligible) || double.IsInfinity(sum) || double.IsNaN(sum))
            {
                break;
            }
        }

        return sum * step * Math.Exp(-x);
    }
}
