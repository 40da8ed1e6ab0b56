namespace Flama.Sklearn.Tests;

/// <summary>Rows in, numbers out, for tests of estimators.</summary>
internal static class Rows
{
    /// <summary>A batch of rows.</summary>
    public static FeatureBatch Of(params double[][] rows) => FeatureBatch.Wrap([.. rows.SelectMany(row => row)], rows[0].Length);

    /// <summary>The same batch without its zeros.</summary>
    public static FeatureBatch Sparse(params double[][] rows)
    {
        var sparse = new SparseRows(rows[0].Length, rows.Length);
        foreach (var row in rows)
        {
            // Backwards: the columns of a row may come in any order.
            for (var column = row.Length - 1; column >= 0; column--)
            {
                if (row[column] != 0)
                {
                    sparse.Add(column, row[column]);
                }
            }

            sparse.EndRow();
        }

        return FeatureBatch.OfSparse(sparse);
    }

    /// <summary>Rows of random numbers, about half of them 0.</summary>
    public static double[][] Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns)
            .Select(_ => random.Next(2) == 0 ? 0 : (random.NextDouble() * 4) - 2).ToArray())];
    }

    /// <summary>What a method answers, row-major.</summary>
    public static double[] Run(this Estimator estimator, Method method, FeatureBatch input)
    {
        var width = estimator.Shape(method, input).Width;
        var output = new double[input.Rows * width];
        estimator.Run(method, input, new OutputSlice(output, width));
        return output;
    }
}
