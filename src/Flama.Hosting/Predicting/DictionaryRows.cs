namespace Flama.Hosting.Predicting;

/// <summary>Rows as values by feature name.</summary>
internal sealed class DictionaryRows(IReadOnlyDictionary<string, object?>[] rows) : ModelRows
{
    internal override FeatureBatch ToBatch(TableSpec spec)
    {
        if (rows.Length == 0)
        {
            throw RowProblems.Empty();
        }

        if (!spec.HasNames)
        {
            return Unnamed(spec);
        }

        FeatureNames names = new(spec);
        var batch = FeatureBatch.RentEmpty(spec.Features.Count, rows.Length, [.. spec.Features.Select(feature => feature.Name!)]);
        try
        {
            RowCells cells = new(batch, spec);
            var given = new bool[spec.Features.Count];
            for (var row = 0; row < rows.Length; row++)
            {
                cells.Row = batch.AddRow();
                given.AsSpan().Clear();
                Fill(rows[row], row, spec, names, cells, given);
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private static void Fill(IReadOnlyDictionary<string, object?> values, int row, TableSpec spec, FeatureNames names, RowCells cells, bool[] given)
    {
        List<string>? unknown = null;
        foreach (var (name, value) in values)
        {
            var position = names.Find(name);
            if (position >= 0)
            {
                cells.Set(position, value);
                given[position] = true;
            }
            else if (!spec.SelectsByName)
            {
                (unknown ??= []).Add(name);
            }
        }

        if (unknown is not null)
        {
            throw RowProblems.Unknown(unknown, $"Row {row}", spec);
        }

        string[] missing = [.. spec.Features.Where((feature, i) => !given[i] && feature.IsUsed).Select(feature => feature.Name!)];
        if (missing.Length > 0)
        {
            throw RowProblems.Missing(missing, $"Row {row}");
        }
    }

    // A model of records (a dictionary vectorizer), or one that checks its rows itself: columns are the names in order of appearance.
    private FeatureBatch Unnamed(TableSpec spec)
    {
        if (spec is { HasKnownFeatures: true, RowForm: not RowForm.Record })
        {
            throw RowProblems.Of(new InputProblem("feature_names", "The model was trained without feature names; give rows as arrays."));
        }

        string[] names = [.. rows.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal)];
        var batch = FeatureBatch.RentEmpty(names.Length, rows.Length, names);
        RowCells cells = new(batch, TableSpec.Unknown);
        foreach (var row in rows)
        {
            cells.Row = batch.AddRow();
            for (var i = 0; i < names.Length; i++)
            {
                if (row.TryGetValue(names[i], out var value))
                {
                    cells.Set(i, value ?? double.NaN);
                }
            }
        }

        return batch;
    }
}
