using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class DotProductTests
{
    // Sums of up to 70 terms of size 4 in another order differ by less.
    private const double Tolerance = 1e-13;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(70)]
    public void Of_DenseOrSparse_EqualsTheScalarSum(int length)
    {
        var rows = Rows.Random(2, length, length);
        int[] columns = [.. Enumerable.Range(0, length).Where(i => rows[0][i] != 0)];
        double[] values = [.. columns.Select(i => rows[0][i])];
        var expected = rows[0].Zip(rows[1], (x, y) => x * y).Sum();

        var dense = DotProduct.Of(rows[0], rows[1]);
        var sparse = DotProduct.Of(columns, values, rows[1]);

        Assert.Equal(expected, dense, Tolerance);
        Assert.Equal(expected, sparse, Tolerance);
    }

    [Fact]
    public void Of_ProductsThatOverflow_IsNotFinite()
    {
        double[] x = [.. Enumerable.Repeat(1e200, 16)];
        double[] y = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 1e200 : -1e200)];

        var result = DotProduct.Of(x, y);

        Assert.Equal(double.NaN, result);
    }

    [Fact]
    public void Of_ShorterSecondVector_Throws()
    {
        double[] x = [1, 2, 3];

        Assert.Throws<ArgumentOutOfRangeException>(() => DotProduct.Of(x, [1, 2]));
    }
}
