using System.Collections;

namespace Flama.Hosting.Predicting;

/// <summary>Columns of values by feature name.</summary>
internal sealed class ColumnRows(IReadOnlyDictionary<string, IList> columns) : ModelRows
{
    internal override FeatureBatch ToBatch(TableSpec spec)
    {
        if (columns.Count == 0 || columns.First().Value.Count == 0)
        {
            throw RowProblems.Empty();
        }

        var rows = columns.First().Value.Count;
        if (columns.FirstOrDefault(column => column.Value.Count != rows) is { Key: { } uneven })
        {
            throw RowProblems.Of(new InputProblem(
                "feature_count", $"The column '{uneven}' has {columns[uneven].Count} values and '{columns.First().Key}' has {rows}, expected columns of the same length."));
        }

        // Without names in training, columns count in their order.
        FeatureNames? names = spec.HasNames ? new(spec) : null;
        if (names is null && spec.HasKnownFeatures && spec.Features.Count != columns.Count)
        {
            throw RowProblems.Width(0, columns.Count, spec);
        }

        return Fill(spec, names, rows);
    }

    private FeatureBatch Fill(TableSpec spec, FeatureNames? names, int rows)
    {
        var width = names is null ? columns.Count : spec.Features.Count;
        var batch = FeatureBatch.Rent(rows, width);
        try
        {
            RowCells cells = new(batch, spec);
            var given = new bool[width];
            var next = 0;
            foreach (var (name, values) in columns)
            {
                var position = names is null ? next++ : names.Find(name);
                if (position < 0)
                {
                    if (!spec.SelectsByName)
                    {
                        throw RowProblems.Unknown([name], "The table", spec);
                    }

                    continue;
                }

                given[position] = true;
                for (var row = 0; row < rows; row++)
                {
                    cells.Row = row;
                    cells.Set(position, values[row]);
                }
            }

            string[] missing = [.. spec.Features.Where((feature, i) => i < width && !given[i] && feature.IsUsed).Select(feature => feature.Name!)];
            return missing.Length == 0 ? batch : throw RowProblems.Missing(missing, "The table");
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
