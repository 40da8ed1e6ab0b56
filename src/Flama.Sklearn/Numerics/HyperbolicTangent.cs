using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>tanh x = (e^2x − 1) / (e^2x + 1), exact to 2e-16 absolute.</summary>
internal static class HyperbolicTangent
{
    // Beyond this the result is ±1 in float64, and e^2x must not overflow.
    private const double Saturation = 20;

    /// <summary>Replaces each number by its function; NaN stays NaN.</summary>
    public static void Apply(Span<double> values) => VectorLoop.Apply<Function>(values);

    private readonly struct Function : IVectorFunction
    {
        public static Vector256<double> Of(Vector256<double> x)
        {
            var limit = Vector256.Create(Saturation);
            var e = Exponential.Of(2 * Vector256.Max(Vector256.Min(x, limit), -limit));
            return (e - Vector256<double>.One) / (e + Vector256<double>.One);
        }
    }
}
