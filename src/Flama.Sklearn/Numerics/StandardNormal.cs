namespace Flama.Sklearn.Numerics;

/// <summary>The distribution function of the standard normal distribution and its inverse, to nearly full float64 precision.</summary>
internal static class StandardNormal
{
    private const double InverseSqrtPi = 0.56418958354775628695;
    private const double Sqrt2 = 1.4142135623730951;

    // M. J. Wichura, "The percentage points of the normal distribution", Applied Statistics 37 (1988), algorithm AS 241: for the middle,
    // the tails and the far tails a quotient of two polynomials, constant term first, with relative error 1e-16.
    private static readonly double[] MiddleTop =
    [
        3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static readonly double[] MiddleBottom =
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static readonly double[] TailTop =
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static readonly double[] TailBottom =
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static readonly double[] FarTop =
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static readonly double[] FarBottom =
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>The probability of a value of at most x.</summary>
    public static double Probability(double x) => 0.5 * ErrorComplement(-x / Sqrt2);

    /// <summary>The x whose probability is p: −∞ at 0, ∞ at 1, NaN outside.</summary>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var square = 0.180625 - (q * q);
            return q * Polynomial(MiddleTop, square) / Polynomial(MiddleBottom, square);
        }

        var root = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        var tail = root <= 5
            ? Polynomial(TailTop, root - 1.6) / Polynomial(TailBottom, root - 1.6)
            : Polynomial(FarTop, root - 5) / Polynomial(FarBottom, root - 5);
        return q < 0 ? -tail : tail;
    }

    /// <summary>The error function.</summary>
    public static double Error(double x) => Math.Abs(x) < 1.5 ? Math.CopySign(SmallError(Math.Abs(x)), x) : 1 - ErrorComplement(x);

    /// <summary>The complementary error function.</summary>
    /// <remarks>A power series up to 1.5, a continued fraction above; both converge to the last digits there.</remarks>
    public static double ErrorComplement(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        var magnitude = Math.Abs(x);
        var upper = magnitude < 1.5 ? 1 - SmallError(magnitude) : LargeComplement(magnitude);
        return x < 0 ? 2 - upper : upper;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var value = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }

        return value;
    }

    // erf x = 2/√π · e^(−x²) · Σ 2^n x^(2n+1) / (1·3·5…(2n+1)): all terms are positive, so nothing cancels.
    private static double SmallError(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; n < 100 && term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 * InverseSqrtPi * Math.Exp(-x * x) * sum;
    }

    // erfc x = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), from the inside out.
    private static double LargeComplement(double x)
    {
        if (x > 27.3)
        {
            return 0;
        }

        var fraction = x;
        for (var n = 120; n > 0; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return InverseSqrtPi * Math.Exp(-x * x) / fraction;
    }
}
