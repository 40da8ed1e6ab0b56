using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class LogSumExpTests
{
    [Theory]
    [InlineData(new[] { 0.0, 0.0 }, 0.6931471805599453)]
    [InlineData(new[] { 1000.0, 1000.0 }, 1000.6931471805599)]
    [InlineData(new[] { -1000.0, 0.0 }, 0.0)]
    [InlineData(new[] { double.NegativeInfinity, 2.0 }, 2.0)]
    [InlineData(new[] { double.NegativeInfinity, double.NegativeInfinity }, double.NegativeInfinity)]
    [InlineData(new[] { double.NaN, 2.0 }, double.NaN)]
    public void Of_Values_NeitherOverflowsNorUnderflows(double[] values, double expected)
    {
        var result = LogSumExp.Of(values);

        Assert.Equal(expected, result);
    }

    [Fact]
    public void Normalize_Rows_AddUpToOne()
    {
        double[] values = [700, 701, -5, 3];

        LogSumExp.Normalize(new OutputSlice(values, 2));

        // The logarithm, near 701, is rounded at 1e-13.
        Assert.Equal(1, Math.Exp(values[0]) + Math.Exp(values[1]), 1e-12);
        Assert.Equal(1, Math.Exp(values[2]) + Math.Exp(values[3]), 1e-12);
    }
}
