using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class GammaTests
{
    // scipy.special.gamma; the rounding of ln Γ weighs as much as ln Γ is large.
    [Theory]
    [InlineData(1e-3, 999.4237724845956)]
    [InlineData(0.5, 1.7724538509055159)]
    [InlineData(0.7, 1.2980553326475581)]
    [InlineData(1, 1)]
    [InlineData(2.5, 1.329340388179137)]
    [InlineData(10, 362880)]
    [InlineData(16, 1307674368000)]
    [InlineData(50.3, 1.9628298224091644e+63)]
    [InlineData(171.5, 9.483367566824803e+307)]
    public void Of_Number_IsScipys(double x, double expected) => Assert.Equal(expected, Gamma.Of(x), expected * 2e-13);

    [Theory]
    [InlineData(172, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-0.5, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Of_BeyondWhatIsFinite_IsInfiniteOrNaN(double x, double expected) => Assert.Equal(expected, Gamma.Of(x));
}
