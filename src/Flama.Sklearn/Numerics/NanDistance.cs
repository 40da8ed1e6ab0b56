namespace Flama.Sklearn.Numerics;

/// <summary>Euclidean distances over the columns that both rows have, scaled up by the share of columns that are missing.</summary>
/// <param name="rows">The rows to measure to.</param>
/// <param name="isMissing">Whether a value counts as missing.</param>
internal sealed class NanDistance(Matrix rows, Func<double, bool> isMissing)
{
    private readonly double[] values = Array.ConvertAll(rows.Values, value => isMissing(value) ? double.NaN : value);

    /// <summary>Measures from one row to all.</summary>
    /// <param name="row">As many columns as the rows have.</param>
    /// <param name="distances">One distance a row; NaN where no column is in common.</param>
    public void Measure(ReadOnlySpan<double> row, Span<double> distances)
    {
        for (var i = 0; i < rows.Rows; i++)
        {
            var other = values.AsSpan(i * rows.Columns, rows.Columns);
            var sum = 0.0;
            var present = 0;
            for (var j = 0; j < other.Length; j++)
            {
                if (!double.IsNaN(other[j]) && !isMissing(row[j]))
                {
                    var difference = row[j] - other[j];
                    sum += difference * difference;
                    present++;
                }
            }

            distances[i] = present == 0 ? double.NaN : Math.Sqrt(sum / present * rows.Columns);
        }
    }
}
