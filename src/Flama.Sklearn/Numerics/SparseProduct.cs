namespace Flama.Sklearn.Numerics;

/// <summary>Products of rows, dense or sparse, with a fixed dense matrix: x → x·W.</summary>
/// <remarks>Sums run over the inputs in their order. Immutable and thread-safe.</remarks>
/// <param name="weights"><c>inputs × outputs</c>.</param>
internal sealed class SparseProduct(Matrix weights)
{
    private readonly AffineMap dense = new(weights, new double[weights.Columns]);

    /// <summary>Columns of the result.</summary>
    public int Outputs => weights.Columns;

    /// <summary>Computes the products of all rows.</summary>
    public void Apply(FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is not { } rows)
        {
            dense.Apply(input.Numbers, output);
            return;
        }

        for (var row = 0; row < rows.Rows; row++)
        {
            var target = output.Row(row);
            target.Clear();
            var columns = rows.ColumnsOf(row);
            var values = rows.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                var line = weights.Row(columns[i]);
                for (var j = 0; j < target.Length; j++)
                {
                    target[j] += values[i] * line[j];
                }
            }
        }
    }
}
