using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class InterpolationTests
{
    [Theory]
    [InlineData(-1, 10)]
    [InlineData(0, 10)]
    [InlineData(0.5, 15)]
    [InlineData(1, 30)]
    [InlineData(1.5, 35)]
    [InlineData(2, 40)]
    [InlineData(9, 40)]
    public void At_PositionWithRepeatedPoints_IsNumpysInterp(double x, double expected)
    {
        double[] xs = [0, 1, 1, 2];
        double[] ys = [10, 20, 30, 40];

        Assert.Equal(expected, Interpolation.At(x, xs, ys));
    }

    [Fact]
    public void At_SinglePoint_IsFlat() => Assert.Equal(3, Interpolation.At(5, [1], [3]));
}
