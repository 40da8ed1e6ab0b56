using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

/// <summary>Every vector kernel beside its plain loop, at each length around the widths of vectors.</summary>
public sealed class KernelLengthTests
{
    // Sums of up to 67 terms of size 4 in another order differ by less.
    private const double SumTolerance = 1e-13;

    // A unit or two in the last place of e^x, relative to it.
    private const double FunctionTolerance = 1e-15;

    public static TheoryData<int> Lengths() => [.. Enumerable.Range(1, 67)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_OfAnyLength_EqualThePlainLoop(int length)
    {
        var x = Numbers(length, 1);
        var y = Numbers(length, 2);
        var pairs = x.Zip(y).ToArray();

        Assert.Equal(pairs.Sum(pair => pair.First * pair.Second), DotProduct.Of(x, y), SumTolerance);
        Assert.Equal(pairs.Sum(pair => Square(pair.First - pair.Second)), SquaredDistance.Of(x, y), SumTolerance * 10);
        Assert.Equal(pairs.Sum(pair => Square(pair.First - pair.Second)), EuclideanPanels.Rank(x, y), SumTolerance * 10);
        Assert.Equal(pairs.Sum(pair => Math.Abs(pair.First - pair.Second)), ManhattanPanels.Rank(x, y), SumTolerance);
        Assert.Equal(pairs.Max(pair => Math.Abs(pair.First - pair.Second)), ChebyshevPanels.Rank(x, y));
        Assert.Equal(Math.Sqrt(x.Sum(Square)), EuclideanPanels.Norm(x), SumTolerance);
        Assert.Equal(x.Sum(Math.Abs), ManhattanPanels.Norm(x), SumTolerance);
        Assert.Equal(x.Max(Math.Abs), ChebyshevPanels.Norm(x));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Functions_OfAnyLength_EqualTheScalarFunction(int length)
    {
        var x = Numbers(length, 3);

        AssertClose([.. x.Select(Math.Exp)], Applied(x, Exponential.Apply));
        AssertClose([.. x.Select(Expit.Of)], Applied(x, Expit.Apply));
        AssertClose([.. x.Select(Math.Tanh)], Applied(x, HyperbolicTangent.Apply));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Functions_BesideAnyNumbersAtAnyPlace_GiveTheSameBits(int length)
    {
        var x = Numbers(length, 4);
        Action<Span<double>>[] functions = [Exponential.Apply, Expit.Apply, HyperbolicTangent.Apply];
        foreach (var function in functions)
        {
            var alone = x.Select(value => Applied([value], values => function(values))[0]).ToArray();

            // Numbers beyond the range of the vector function in between, and all of it one to four places further in memory.
            double[] strange = [-1000, double.NaN, 1000, double.NegativeInfinity];
            for (var shift = 1; shift <= strange.Length; shift++)
            {
                var mixed = strange[..shift].Concat(x.SelectMany((value, i) => new[] { value, strange[i % strange.Length] })).ToArray();
                function(mixed.AsSpan());

                Assert.Equal(alone, x.Select((_, i) => mixed[shift + (2 * i)]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rows_OfAnyLength_EqualThePlainLoop(int length)
    {
        var x = Numbers(length, 5);
        var largest = x.Max();
        var exponentials = x.Select(value => Math.Exp(value - largest)).ToArray();

        AssertClose([.. exponentials.Select(value => value / exponentials.Sum())], Applied(x, values => Softmax.Rows(new OutputSlice(values, length))));
        AssertClose([.. x.Select(value => value / x.Sum(Math.Abs))], Applied(x, values => RowNorm.Apply(values, RowNormKind.L1)));
        AssertClose([.. x.Select(value => value / Math.Sqrt(x.Sum(Square)))], Applied(x, values => RowNorm.Apply(values, RowNormKind.L2)));
        AssertClose([.. x.Select(value => value / x.Max(Math.Abs))], Applied(x, values => RowNorm.Apply(values, RowNormKind.Max)));
        Assert.Equal(Math.Log(x.Sum(Math.Exp)), LogSumExp.Of(x), SumTolerance);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AffineMap_OfAnyWidth_EqualsThePlainLoop(int length)
    {
        var x = Numbers(length * 5, 6);
        var weights = new Matrix(Numbers(length * (68 - length), 7), length, 68 - length);
        var bias = Numbers(weights.Columns, 8);
        var actual = new double[5 * weights.Columns];

        new AffineMap(weights, bias).Apply(x, new OutputSlice(actual, weights.Columns));

        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(AffineMapTests.Plain(x, weights, bias, i / weights.Columns, i % weights.Columns), actual[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void PanelIndex_OfAnyWidth_FindsWhatSortingFinds(int length)
    {
        var rows = new Matrix(Numbers(150 * length, 9), 150, length);
        var queries = Numbers(6 * length, 10);
        var indices = new int[6 * 7];
        var distances = new double[6 * 7];

        new PanelIndex<EuclideanPanels>(rows).Find(queries, 7, indices, distances);

        for (var query = 0; query < 6; query++)
        {
            var from = queries[(query * length)..((query + 1) * length)];
            var sorted = Enumerable.Range(0, 150).Select(row => (Distance: Math.Sqrt(SquaredDistance.Of(from, rows.Row(row))), Row: row)).Order().Take(7).ToArray();
            Assert.Equal(sorted.Select(found => found.Row), indices[(query * 7)..((query + 1) * 7)]);
            Assert.Equal(sorted.Select(found => found.Distance), distances[(query * 7)..((query + 1) * 7)]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void NanDistance_OfAnyWidth_EqualsThePlainLoop(int length)
    {
        var x = Numbers(length, 11);
        var y = Numbers(length, 12);
        y[length / 2] = double.NaN;
        var distances = new double[1];

        new NanDistance(new Matrix(y, 1, length), double.IsNaN).Measure(x, distances);

        var known = x.Zip(y).Where(pair => !double.IsNaN(pair.Second)).Select(pair => Square(pair.First - pair.Second)).ToArray();
        Assert.Equal(known.Length == 0 ? double.NaN : Math.Sqrt(known.Sum() * length / known.Length), distances[0], SumTolerance);
    }

    private static double Square(double x) => x * x;

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random((seed * 1000) + count);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 4) - 2)];
    }

    private delegate void InPlace(Span<double> values);

    private static double[] Applied(double[] values, InPlace function)
    {
        var copy = (double[])values.Clone();
        function(copy);
        return copy;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], FunctionTolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
