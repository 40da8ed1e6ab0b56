using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class SparseAffineMapTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(20, 8)]
    [InlineData(33, 21)]
    public void Apply_SparseRows_EqualsDense(int inputs, int outputs)
    {
        var rows = Rows.Random(9, inputs, inputs + outputs);
        var weights = new Matrix([.. Rows.Random(inputs, outputs, 5).SelectMany(row => row)], inputs, outputs);
        var map = new AffineMap(weights, [.. Enumerable.Range(0, outputs).Select(i => i / 3.0)]);
        using var sparse = Rows.Sparse(rows);
        var expected = new double[9 * outputs];
        var actual = new double[9 * outputs];

        map.Apply([.. rows.SelectMany(row => row)], new OutputSlice(expected, outputs));
        map.Apply(sparse.Sparse!, new OutputSlice(actual, outputs));

        // The same products in another order.
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void Apply_RowsOfAnotherWidth_Throws()
    {
        var map = new AffineMap(new Matrix([1, 2], 2, 1), [0]);
        using var sparse = Rows.Sparse([1, 2, 3]);

        Assert.Throws<ArgumentException>(() => map.Apply(sparse.Sparse!, new OutputSlice(new double[1], 1)));
    }
}
