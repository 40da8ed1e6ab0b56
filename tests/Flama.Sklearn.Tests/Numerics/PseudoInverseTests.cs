using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class PseudoInverseTests
{
    [Theory]
    [InlineData(3, 7)]
    [InlineData(7, 3)]
    [InlineData(4, 4)]
    public void Transposed_FullRank_GivesBackTheMatrix(int rows, int columns)
    {
        var matrix = new Matrix([.. Rows.Random(rows, columns, 11).SelectMany(row => row)], rows, columns);

        var inverse = PseudoInverse.Transposed(matrix);

        AssertIsInverse(matrix, inverse);
    }

    [Fact]
    public void Transposed_DependentAndEmptyRows_IsStillTheInverse()
    {
        var matrix = new Matrix([1, 2, 0, 2, 4, 0, 0, 0, 0, 0, 1, 1], 4, 3);

        var inverse = PseudoInverse.Transposed(matrix);

        AssertIsInverse(matrix, inverse);
    }

    // A·A⁺·A = A and A⁺·A·A⁺ = A⁺.
    private static void AssertIsInverse(Matrix matrix, Matrix inverse)
    {
        var back = inverse.Transpose();
        AssertSame(matrix, Product(Product(matrix, back), matrix));
        AssertSame(back, Product(Product(back, matrix), back));
    }

    private static Matrix Product(Matrix left, Matrix right)
    {
        var values = new double[left.Rows * right.Columns];
        for (var i = 0; i < left.Rows; i++)
        {
            for (var j = 0; j < right.Columns; j++)
            {
                values[(i * right.Columns) + j] = Enumerable.Range(0, left.Columns).Sum(k => left[i, k] * right[k, j]);
            }
        }

        return new(values, left.Rows, right.Columns);
    }

    private static void AssertSame(Matrix expected, Matrix actual) =>
        Assert.All(expected.Values.Zip(actual.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
