using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class DigammaTests
{
    // scipy.special.digamma; 1.46… is where it is 0.
    [Theory]
    [InlineData(1e-6, -1000000.57721402)]
    [InlineData(0.1, -10.423754940411076)]
    [InlineData(0.5, -1.9635100260214235)]
    [InlineData(1, -0.5772156649015329)]
    [InlineData(1.4616321449683623, 0)]
    [InlineData(3, 0.9227843350984671)]
    [InlineData(12.5, 2.4851956512749123)]
    [InlineData(1e4, 9.21029037114285)]
    public void Precise_Number_IsScipys(double x, double expected) =>
        Assert.Equal(expected, Digamma.Precise(x), Math.Max(1, Math.Abs(expected)) * 2e-15);
}
