namespace Flama.Sklearn.FeatureSelection;

/// <summary>The coefficients of support vector machines with a linear kernel: sums of their support vectors.</summary>
internal static class KernelCoefficients
{
    /// <summary>One row for two classes or a regression, one a pair of classes for more; null when the model is something else.</summary>
    public static Matrix? Of(EstimatorState model)
    {
        if (model.Value("kernel") is not "linear" || !model.Has("support_vectors_") || !model.Has("dual_coef_"))
        {
            return null;
        }

        var vectors = model.Matrix("support_vectors_");
        var weights = model.Matrix("dual_coef_");
        if (weights.Columns != vectors.Rows)
        {
            throw model.Fail($"it has {vectors.Rows} support vectors and coefficients for {weights.Columns}");
        }

        return weights.Rows == 1 ? new(Sum(vectors, weights, 0, 0, vectors.Rows), 1, vectors.Columns) : Pairs(model, vectors, weights);
    }

    private static Matrix Pairs(EstimatorState model, Matrix vectors, Matrix weights)
    {
        var counts = model.Integers(model.FirstOf("_n_support", "n_support_"));
        if (counts.Length != weights.Rows + 1 || counts.Any(count => count < 0) || counts.Sum(count => (long)count) != vectors.Rows)
        {
            throw model.Fail("its numbers of support vectors do not fit its coefficients");
        }

        var starts = new int[counts.Length + 1];
        for (var i = 0; i < counts.Length; i++)
        {
            starts[i + 1] = starts[i] + counts[i];
        }

        var rows = new List<double>();
        for (var i = 0; i < counts.Length; i++)
        {
            for (var j = i + 1; j < counts.Length; j++)
            {
                var first = Sum(vectors, weights, j - 1, starts[i], starts[i + 1]);
                var second = Sum(vectors, weights, i, starts[j], starts[j + 1]);
                rows.AddRange(first.Zip(second, (a, b) => a + b));
            }
        }

        return new([.. rows], rows.Count / Math.Max(1, vectors.Columns), vectors.Columns);
    }

    private static double[] Sum(Matrix vectors, Matrix weights, int row, int start, int end)
    {
        var sum = new double[vectors.Columns];
        for (var i = start; i < end; i++)
        {
            var vector = vectors.Row(i);
            for (var j = 0; j < sum.Length; j++)
            {
                sum[j] += weights[row, i] * vector[j];
            }
        }

        return sum;
    }
}
