namespace Flama.ConformanceTests;

/// <summary>Few rows again and again, as many as asked for.</summary>
internal static class RepeatedRows
{
    public static FeatureBatch Of(FeatureBatch few, int count)
    {
        if (few.Sparse is { } sparse)
        {
            var rows = new SparseRows(few.Columns, count);
            for (var row = 0; row < count; row++)
            {
                var values = sparse.ValuesOf(row % few.Rows);
                var columns = sparse.ColumnsOf(row % few.Rows);
                for (var i = 0; i < values.Length; i++)
                {
                    rows.Add(columns[i], values[i]);
                }

                rows.EndRow();
            }

            return FeatureBatch.OfSparse(rows);
        }

        var many = FeatureBatch.RentEmpty(few.Columns, count, few.ColumnNames);
        for (var row = 0; row < count; row++)
        {
            many.AddRow();
            for (var column = 0; column < few.Columns; column++)
            {
                if (few.TextAt(row % few.Rows, column) is { } text)
                {
                    many.SetText(row, column, text);
                }
                else
                {
                    many.SetNumber(row, column, few.Row(row % few.Rows)[column]);
                }
            }
        }

        return many;
    }
}
