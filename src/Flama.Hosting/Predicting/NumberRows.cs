namespace Flama.Hosting.Predicting;

/// <summary>Rows of numbers by position.</summary>
internal sealed class NumberRows<T>(T[][] rows, Func<T, double> widen) : ModelRows
{
    internal override FeatureBatch ToBatch(TableSpec spec)
    {
        if (rows.Length == 0)
        {
            throw RowProblems.Empty();
        }

        var columns = spec.HasKnownFeatures ? spec.Features.Count : rows[0].Length;
        var cells = new double[checked(rows.Length * columns)];
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row].Length != columns)
            {
                throw spec.HasKnownFeatures ? RowProblems.Width(row, rows[row].Length, spec) : RowProblems.UnequalWidth(row, rows[row].Length, columns);
            }

            for (var column = 0; column < columns; column++)
            {
                cells[(row * columns) + column] = widen(rows[row][column]);
            }
        }

        return FeatureBatch.Wrap(cells, columns);
    }
}
