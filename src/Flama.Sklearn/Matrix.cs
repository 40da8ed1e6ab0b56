namespace Flama.Sklearn;

/// <summary>A dense row-major matrix of a model's own numbers. Immutable after load.</summary>
/// <param name="Values">Row-major, <c>Rows × Columns</c>.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
internal sealed record Matrix(double[] Values, int Rows, int Columns)
{
    public double this[int row, int column] => Values[(row * Columns) + column];

    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>The product with another matrix, which has as many rows as this one has columns.</summary>
    public Matrix Times(Matrix other)
    {
        var values = new double[Rows * other.Columns];
        for (var row = 0; row < Rows; row++)
        {
            var sums = values.AsSpan(row * other.Columns, other.Columns);
            for (var i = 0; i < Columns; i++)
            {
                var factor = this[row, i];
                var terms = other.Row(i);
                for (var column = 0; column < sums.Length; column++)
                {
                    sums[column] += factor * terms[column];
                }
            }
        }

        return new(values, Rows, other.Columns);
    }

    /// <summary>The matrix with rows and columns swapped.</summary>
    public Matrix Transpose()
    {
        var values = new double[Values.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                values[(column * Rows) + row] = Values[(row * Columns) + column];
            }
        }

        return new(values, Columns, Rows);
    }
}
