using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class LowerTriangleTests
{
    [Fact]
    public void Solve_AnythingAboveTheDiagonal_ReadsTheTriangleOnly()
    {
        var matrix = new Matrix([2, 99, 99, 1, 4, 99, -1, 3, 5], 3, 3);
        double[] values = [4, 10, 21];

        LowerTriangle.Solve(matrix, values);

        Assert.Equal([2, 2, 3.4], values);
    }
}
