using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class StandardNormalTests
{
    // scipy.stats.norm.ppf and cdf; the last digits may differ.
    private const double Relative = 4e-15;

    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.2, -0.8416212335729142)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.7, 0.5244005127080407)]
    [InlineData(0.999, 3.090232306167813)]
    public void Quantile_Probability_IsScipys(double probability, double expected) =>
        Assert.Equal(expected, StandardNormal.Quantile(probability), Math.Abs(expected) * Relative);

    // scipy.special.erf.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.3, 0.3286267594591274)]
    [InlineData(1.4999, 0.9660932516622953)]
    [InlineData(1.5001, 0.9661170377204175)]
    [InlineData(-2, -0.9953222650189527)]
    [InlineData(5, 0.9999999999984626)]
    [InlineData(-7, -1)]
    public void Error_Number_IsScipys(double x, double expected) => Assert.Equal(expected, StandardNormal.Error(x), Math.Abs(expected) * Relative);

    [Theory]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(-0.1, double.NaN)]
    [InlineData(1.1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Quantile_AtOrBeyondTheEnds_IsInfiniteOrMissing(double probability, double expected) =>
        Assert.Equal(expected, StandardNormal.Quantile(probability));

    // Far out, the rounding of x² weighs x² times as much.
    [Theory]
    [InlineData(-30, 4.906713927147908e-198, 1e-12)]
    [InlineData(-8, 6.22096057427174e-16, 1e-13)]
    [InlineData(-3, 0.0013498980316300933, 1e-14)]
    [InlineData(-1, 0.15865525393145707, 1e-14)]
    [InlineData(0, 0.5, 0)]
    [InlineData(0.5, 0.6914624612740131, 1e-15)]
    [InlineData(1.6, 0.945200708300442, 1e-15)]
    [InlineData(5, 0.9999997133484281, 1e-15)]
    public void Probability_Value_IsScipys(double value, double expected, double relative) =>
        Assert.Equal(expected, StandardNormal.Probability(value), expected * relative);
}
