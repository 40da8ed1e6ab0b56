using Flama.Pickle.Scipy;
using Flama.Sklearn.Numerics;
using Flama.Sklearn.Svm;

namespace Flama.Sklearn.Tests.Svm;

public sealed class SparseVectorsTests
{
    // Sums of 40 terms in another order.
    private const double Tolerance = 1e-12;

    [Fact]
    public void DotAndDistance_RowsInAnyColumnOrder_EqualDense()
    {
        var dense = Rows.Random(12, 40, 1);
        var others = Rows.Random(12, 40, 2);
        var vectors = new SparseVectors(Csr(dense));

        for (var row = 0; row < dense.Length; row++)
        {
            int[] at = [.. Enumerable.Range(0, 40).Where(i => others[row][i] != 0)];
            double[] x = [.. at.Select(i => others[row][i])];

            Assert.Equal(DotProduct.Of(dense[row], others[row]), vectors.Dot(row, at, x), Tolerance);
            Assert.Equal(SquaredDistance.Of(dense[row], others[row]), vectors.SquaredDistance(row, at, x), Tolerance);
        }
    }

    [Fact]
    public void SquaredDistance_EmptyRow_IsTheVectorsOwnNorm()
    {
        var vectors = new SparseVectors(Csr([[0, 3, 0, 4]]));

        var distance = vectors.SquaredDistance(0, [], []);

        Assert.Equal(25, distance);
    }

    private static SparseArray Csr(double[][] rows)
    {
        using var batch = Rows.Sparse(rows);
        var data = new List<double>();
        var indices = new List<int>();
        List<int> pointers = [0];
        for (var row = 0; row < rows.Length; row++)
        {
            data.AddRange(batch.Sparse!.ValuesOf(row));
            indices.AddRange(batch.Sparse!.ColumnsOf(row));
            pointers.Add(data.Count);
        }

        return new SparseArray(rows.Length, rows[0].Length, [.. data], [.. indices], [.. pointers]);
    }
}
