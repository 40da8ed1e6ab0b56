using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.Numerics;

/// <summary>The power functions that make data more like a normal distribution, and their inverses.</summary>
internal static class PowerFunctions
{
    // The distance from 1 to the next float64.
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Box-Cox: (x^λ − 1)/λ, log x for λ = 0.</summary>
    public static double BoxCox(double x, double lambda) =>
        Math.Abs(lambda) < 1e-19 ? Math.Log(x) : NumpyFunctions.Expm1(lambda * Math.Log(x)) / lambda;

    /// <summary>The inverse of <see cref="BoxCox"/>.</summary>
    public static double InverseBoxCox(double x, double lambda) => lambda == 0 ? Math.Exp(x) : Math.Pow((x * lambda) + 1, 1 / lambda);

    /// <summary>Yeo-Johnson: Box-Cox of x + 1 for x ≥ 0, and −Box-Cox with 2 − λ of 1 − x below.</summary>
    public static double YeoJohnson(double x, double lambda)
    {
        if (x >= 0)
        {
            return Math.Abs(lambda) < Epsilon ? NumpyFunctions.Log1p(x) : (Math.Pow(x + 1, lambda) - 1) / lambda;
        }

        return Math.Abs(lambda - 2) > Epsilon ? -(Math.Pow(1 - x, 2 - lambda) - 1) / (2 - lambda) : -NumpyFunctions.Log1p(-x);
    }

    /// <summary>The inverse of <see cref="YeoJohnson"/>.</summary>
    public static double InverseYeoJohnson(double x, double lambda)
    {
        if (x >= 0)
        {
            return Math.Abs(lambda) < Epsilon ? Math.Exp(x) - 1 : Math.Pow((x * lambda) + 1, 1 / lambda) - 1;
        }

        return Math.Abs(lambda - 2) > Epsilon ? 1 - Math.Pow((-(2 - lambda) * x) + 1, 1 / (2 - lambda)) : 1 - Math.Exp(-x);
    }
}
