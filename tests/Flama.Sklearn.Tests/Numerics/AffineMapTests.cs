using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class AffineMapTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        var shapes = new TheoryData<int, int, int>();
        foreach (var rows in (int[])[1, 2, 3, 4, 5, 9])
        {
            foreach (var inputs in (int[])[0, 1, 3, 8])
            {
                foreach (var outputs in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 17, 31, 32, 33, 45])
                {
                    shapes.Add(rows, inputs, outputs);
                }
            }
        }

        return shapes;
    }

    // The kernel adds products in the order of the inputs, those of a last panel of up to four columns at even and odd places apart, and so does this: the results are the same bits.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Apply_AnyShape_EqualsTheScalarSum(int rows, int inputs, int outputs)
    {
        var random = new Random((rows * 1000) + (inputs * 100) + outputs);
        var x = Numbers(random, rows * inputs);
        var weights = new Matrix(Numbers(random, inputs * outputs), inputs, outputs);
        var bias = Numbers(random, outputs);
        var actual = new double[rows * outputs];

        new AffineMap(weights, bias).Apply(x, new OutputSlice(actual, outputs));

        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < outputs; output++)
            {
                Assert.Equal(Plain(x, weights, bias, row, output), actual[(row * outputs) + output]);
            }
        }
    }

    [Fact]
    public void Apply_OverflowingProducts_GivesNaNAsPythonDoes()
    {
        var map = new AffineMap(new Matrix([4, 4], 2, 1), [0.0]);
        var output = new double[1];

        map.Apply([1e308, -1e308], new OutputSlice(output, 1));

        Assert.True(double.IsNaN(output[0]));
    }

    [Fact]
    public void Apply_PartOfWiderRows_LeavesTheOthersAlone()
    {
        var map = new AffineMap(new Matrix([2], 1, 1), [1.0]);
        double[] output = [7, 7, 7, 7, 7, 7];

        map.Apply([10, 20], new OutputSlice(output, 3).Slice(1, 1));

        Assert.Equal([7, 21, 7, 7, 41, 7], output);
    }

    /// <summary>The sum that the kernel makes, term by term.</summary>
    internal static double Plain(double[] x, Matrix weights, double[] bias, int row, int output)
    {
        var isNarrow = output >= weights.Columns / 8 * 8 && weights.Columns % 8 <= 4;
        double[] sums = [0, 0];
        for (var i = 0; i < weights.Rows; i++)
        {
            sums[isNarrow ? i % 2 : 0] += x[(row * weights.Rows) + i] * weights[i, output];
        }

        return sums[0] + sums[1] + bias[output];
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 4) - 2)];
}
