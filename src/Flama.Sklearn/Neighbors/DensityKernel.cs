namespace Flama.Sklearn.Neighbors;

/// <summary>The kernels of kernel density estimation, as logarithms, and what normalises them.</summary>
/// <remarks>
/// d is the distance and h the bandwidth; all but the first two end at d = h. The normaliser of 'cosine' is scikit-learn's own sum, which is
/// not the integral in more than one dimension.
/// </remarks>
internal static class DensityKernel
{
    /// <summary>Finds the logarithm of a kernel of d by its name.</summary>
    public static Func<double, double>? Find(string name, double h) => name switch
    {
        "gaussian" => d => -0.5 * (d * d) / (h * h),
        "exponential" => d => -d / h,
        "tophat" => d => d < h ? 0 : double.NegativeInfinity,
        "epanechnikov" => d => d < h ? Math.Log(1 - (d * d / (h * h))) : double.NegativeInfinity,
        "linear" => d => d < h ? Math.Log(1 - (d / h)) : double.NegativeInfinity,
        "cosine" => d => d < h ? Math.Log(Math.Cos(0.5 * Math.PI * d / h)) : double.NegativeInfinity,
        _ => null,
    };

    /// <summary>The logarithm of what a kernel is divided by.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dimensions">Columns of a row.</param>
    /// <param name="bandwidth">The bandwidth.</param>
    public static double LogNormalizer(string name, int dimensions, double bandwidth)
    {
        var factor = name switch
        {
            "gaussian" => 0.5 * dimensions * Math.Log(2 * Math.PI),
            "tophat" => LogBall(dimensions),
            "epanechnikov" => LogBall(dimensions) + Math.Log(2 / (dimensions + 2.0)),
            "exponential" => LogSphere(dimensions - 1) + LogGammaOfHalf(2 * dimensions),
            "linear" => LogBall(dimensions) - Math.Log(dimensions + 1.0),
            _ => Math.Log(CosineSum(dimensions)) + LogSphere(dimensions - 1),
        };
        return factor + (dimensions * Math.Log(bandwidth));
    }

    // The volume of the unit ball.
    private static double LogBall(int n) => (0.5 * n * Math.Log(Math.PI)) - LogGammaOfHalf(n + 2);

    // The surface of the unit sphere that has n dimensions itself.
    private static double LogSphere(int n) => Math.Log(2 * Math.PI) + LogBall(n - 1);

    private static double CosineSum(int dimensions)
    {
        var sum = 0.0;
        var term = 2 / Math.PI;
        for (var k = 1; k <= dimensions; k += 2)
        {
            sum += term;
            term *= -(double)(dimensions - k) * (dimensions - k - 1) * (2 / Math.PI) * (2 / Math.PI);
        }

        return sum;
    }

    // log Γ(n / 2): Γ(1) = 1, Γ(½) = √π, Γ(x + 1) = x Γ(x).
    private static double LogGammaOfHalf(int n)
    {
        var sum = n % 2 == 0 ? 0 : 0.5 * Math.Log(Math.PI);
        for (var i = n % 2 == 0 ? 2 : 1; i < n; i += 2)
        {
            sum += Math.Log(0.5 * i);
        }

        return sum;
    }
}
