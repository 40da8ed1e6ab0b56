using Flama.Pickle;

namespace Flama.Sklearn.Tests.KernelApproximation;

public sealed class KernelRowsTests
{
    [Theory]
    [InlineData("linear")]
    [InlineData("poly")]
    [InlineData("sigmoid")]
    [InlineData("rbf")]
    [InlineData("cosine")]
    [InlineData("laplacian")]
    public void Write_RowsWithAndWithoutZeros_IsTheSame(string kernel)
    {
        var training = Rows.Random(40, 6, seed: 3);
        var dense = Pickled.Build(Ridge(kernel, Pickled.Array([.. training.SelectMany(row => row)], 40, 6)));
        var sparse = Pickled.Build(Ridge(kernel, Csr(training)));
        var asked = Rows.Random(5, 6, seed: 4);
        using var rows = Rows.Of(asked);
        using var withoutZeros = Rows.Sparse(asked);

        var expected = dense.Run(Method.Predict, rows);

        // Sums run in another order.
        foreach (var actual in (double[][])[sparse.Run(Method.Predict, rows), sparse.Run(Method.Predict, withoutZeros), dense.Run(Method.Predict, withoutZeros)])
        {
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 1e-11 * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }

    // scikit-learn multiplies squared distances out, so that ∞ − ∞ comes in between.
    [Fact]
    public void Write_DistanceThatOverflows_IsAsMultipliedOut()
    {
        var model = Pickled.Build(Ridge("rbf", Pickled.Array([1, 1, 1, 1, 0, 0], 1, 6)));
        using var rows = Rows.Of([1e308, 1e308, 0, 0, 0, 0], [1e200, 0, 0, 0, 0, 0]);

        Assert.Equal([double.NaN, 0], model.Run(Method.Predict, rows));
    }

    private static PickleObject Ridge(string kernel, object training)
    {
        var count = training is Pickle.Numpy.NdArray array ? array.Shape[0] : 40;
        return Pickled.Estimator(
            "sklearn.kernel_ridge",
            "KernelRidge",
            ("n_features_in_", 6L),
            ("kernel", kernel),
            ("gamma", 0.3),
            ("X_fit_", training),
            ("dual_coef_", Pickled.Vector([.. Enumerable.Range(0, count).Select(i => i + 1.0)])));
    }

    private static PickleObject Csr(double[][] rows)
    {
        var starts = new List<long> { 0 };
        var (columns, values) = (new List<long>(), new List<double>());
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Length; column++)
            {
                if (row[column] != 0)
                {
                    columns.Add(column);
                    values.Add(row[column]);
                }
            }

            starts.Add(columns.Count);
        }

        return Pickled.Estimator(
            "scipy.sparse._csr",
            "csr_matrix",
            ("_shape", new PickleTuple([(long)rows.Length, (long)rows[0].Length])),
            ("indptr", Pickled.Integers([.. starts])),
            ("indices", Pickled.Integers([.. columns])),
            ("data", Pickled.Vector([.. values])));
    }
}
