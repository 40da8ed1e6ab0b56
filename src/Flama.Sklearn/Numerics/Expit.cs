using System.Runtime.Intrinsics;

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

    /// <summary>Replaces each number by its function; below −709 the result is 0.</summary>
    public static void Apply(Span<double> values) => VectorLoop.Apply<Function>(values);

    private readonly struct Function : IVectorFunction
    {
        public static Vector256<double> Of(Vector256<double> x) => Vector256<double>.One / (Vector256<double>.One + Exponential.Of(-x));
    }
}
