using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class VectorFunctionTests
{
    // One rounding in e^x, one in each of the sums and the quotient: a few units in the last place of 1.
    private const double Tolerance = 5e-16;

    public static TheoryData<int> Lengths() => [0, 1, 2, 3, 4, 5, 7, 8, 33];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Tanh_AnyLength_EqualsTheScalarFunction(int length)
    {
        var values = Spread(length);
        var expected = Array.ConvertAll(values, Math.Tanh);

        HyperbolicTangent.Apply(values);

        AssertClose(expected, values);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Expit_AnyLength_EqualsTheScalarFunction(int length)
    {
        var values = Spread(length);
        var expected = Array.ConvertAll(values, Expit.Of);

        Expit.Apply(values);

        AssertClose(expected, values);
    }

    [Fact]
    public void Functions_AtTheEnds_SaturateAndKeepNaN()
    {
        double[] tangent = [double.NegativeInfinity, -1000, 0, 1000, double.PositiveInfinity, double.NaN];
        var logistic = (double[])tangent.Clone();

        HyperbolicTangent.Apply(tangent);
        Expit.Apply(logistic);

        Assert.Equal([-1, -1, 0, 1, 1, double.NaN], tangent);
        Assert.Equal([0, 0, 0.5, 1, 1, double.NaN], logistic);
    }

    [Fact]
    public void Softmax_LargeScores_DoesNotOverflow()
    {
        double[] scores = [1000, 1000, -1000, 0, 0, 0];

        Softmax.Rows(new OutputSlice(scores, 3));

        Assert.Equal([0.5, 0.5, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3], scores);
    }

    private static double[] Spread(int length) => [.. Enumerable.Range(0, length).Select(i => ((i % 2 == 0 ? 1 : -1) * i * 0.37) + 1e-9)];

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
