using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class RowNormTests
{
    [Theory]
    [InlineData(RowNormKind.L1, -0.75)]
    [InlineData(RowNormKind.L2, -0.9486832980505138)]
    [InlineData(RowNormKind.Max, -1)]
    public void Apply_Row_DividesByItsNorm(object kind, double expected)
    {
        double[] row = [1, -3, 0];

        RowNorm.Apply(row, (RowNormKind)kind);

        Assert.Equal(expected, row[1], 1e-15);
    }

    [Fact]
    public void Apply_NearlyZero_CountsAsZeroOnlyWhereAsked()
    {
        double[] kept = [1e-16];
        double[] divided = [1e-16];

        RowNorm.Apply(kept, RowNormKind.L2, ignoresTiny: true);
        RowNorm.Apply(divided, RowNormKind.L2);

        Assert.Equal([1e-16], kept);
        Assert.Equal([1.0], divided);
    }
}
