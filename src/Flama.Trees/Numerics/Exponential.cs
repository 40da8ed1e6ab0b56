using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>e^x, each number's result the same whatever numbers are beside it and wherever in memory they are.</summary>
/// <remarks>
/// The library's vector function computes all its lanes with the scalar function, whose last digit differs, as soon as one lane is out of its range. Which numbers
/// share a vector would then decide digits: rows of a batch would see each other, and runs on several threads would differ.
/// </remarks>
internal static class Exponential
{
    // Results beyond are below the smallest normal number or above the largest.
    private const double Range = 708;

    /// <summary>Replaces each number by its function; NaN stays NaN.</summary>
    public static void Apply(Span<double> values) => VectorLoop.Apply<Function>(values);

    /// <summary>The function of four numbers.</summary>
    public static Vector256<double> Of(Vector256<double> x)
    {
        var fits = Vector256.LessThanOrEqual(Vector256.Abs(x), Vector256.Create(Range));
        var result = Vector256.Exp(Vector256.ConditionalSelect(fits, x, Vector256<double>.Zero));
        var lanes = fits.ExtractMostSignificantBits();
        for (var lane = 0; lanes != 0b1111 && lane < Vector256<double>.Count; lane++)
        {
            if ((lanes >> lane & 1) == 0)
            {
                result = result.WithElement(lane, Math.Exp(x.GetElement(lane)));
            }
        }

        return result;
    }

    private readonly struct Function : IVectorFunction
    {
        public static Vector256<double> Of(Vector256<double> x) => Exponential.Of(x);
    }
}
