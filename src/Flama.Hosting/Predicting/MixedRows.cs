namespace Flama.Hosting.Predicting;

/// <summary>Rows of numbers and texts by position.</summary>
internal sealed class MixedRows(object?[][] rows) : ModelRows
{
    internal override FeatureBatch ToBatch(TableSpec spec)
    {
        if (rows.Length == 0)
        {
            throw RowProblems.Empty();
        }

        var columns = spec.HasKnownFeatures ? spec.Features.Count : rows[0].Length;
        var batch = FeatureBatch.RentEmpty(columns, rows.Length);
        try
        {
            RowCells cells = new(batch, spec);
            foreach (var row in rows)
            {
                cells.Row = batch.AddRow();
                if (row.Length != columns)
                {
                    throw spec.HasKnownFeatures ? RowProblems.Width(cells.Row, row.Length, spec) : RowProblems.UnequalWidth(cells.Row, row.Length, columns);
                }

                for (var column = 0; column < columns; column++)
                {
                    cells.Set(column, row[column]);
                }
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
