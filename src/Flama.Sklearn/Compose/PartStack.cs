namespace Flama.Sklearn.Compose;

/// <summary>Puts the results of several parts side by side as sparse rows.</summary>
internal static class PartStack
{
    /// <summary>Transforms rows by every part.</summary>
    /// <param name="parts">The parts, in the order of their columns.</param>
    /// <param name="owner">Whom errors name.</param>
    /// <param name="input">The rows.</param>
    /// <param name="features">How many features there are.</param>
    /// <returns>A new batch of sparse rows, to be disposed.</returns>
    public static FeatureBatch Transform(ReadOnlySpan<ColumnPart> parts, Estimator owner, FeatureBatch input, int features)
    {
        var blocks = new List<FeatureBatch>(parts.Length);
        try
        {
            foreach (var part in parts)
            {
                blocks.Add(part.TransformApart(owner, input, features));
            }

            var rows = new SparseRows(blocks.Sum(block => block.Columns), input.Rows);
            for (var row = 0; row < input.Rows; row++)
            {
                var start = 0;
                for (var i = 0; i < blocks.Count; i++)
                {
                    AddRow(rows, blocks[i], row, start, parts[i].Weight);
                    start += blocks[i].Columns;
                }

                rows.EndRow();
            }

            return FeatureBatch.OfSparse(rows, input.FirstRow);
        }
        finally
        {
            foreach (var block in blocks)
            {
                block.Dispose();
            }
        }
    }

    private static void AddRow(SparseRows rows, FeatureBatch block, int row, int start, double weight)
    {
        if (block.Sparse is { } sparse)
        {
            var columns = sparse.ColumnsOf(row);
            var stored = sparse.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                rows.Add(start + columns[i], stored[i] * weight);
            }

            return;
        }

        var values = block.Row(row);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                rows.Add(start + i, values[i] * weight);
            }
        }
    }
}
