using System.Globalization;
using System.Numerics;

namespace Flama.Scoring.Columns;

/// <summary>Decimals as numbers, rounded once, as Python's <c>float(Decimal)</c> does.</summary>
internal static class DecimalNumber
{
    /// <summary>The most bytes that a decimal may have.</summary>
    public const int MaxBytes = 64;

    /// <summary>The most digits after the point, or zeros before it.</summary>
    public const int MaxScale = 200;

    private static readonly BigInteger MaxExact = 1L << 53;

    // Powers of ten up to 10^22 are exact in float64.
    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>The number <c>unscaled / 10^scale</c>; an integer of 64 bits where it has no digits after the point.</summary>
    public static Scalar Of(BigInteger unscaled, int scale)
    {
        if (scale == 0 && unscaled >= long.MinValue && unscaled <= long.MaxValue)
        {
            return Scalar.Of((long)unscaled);
        }

        // Both are exact, so that one division rounds correctly.
        return Scalar.Of(
            BigInteger.Abs(unscaled) <= MaxExact && scale >= 0 && scale < Powers.Length
                ? (double)unscaled / Powers[scale]
                : double.Parse(string.Create(CultureInfo.InvariantCulture, $"{unscaled}E{-scale}"), CultureInfo.InvariantCulture));
    }
}
