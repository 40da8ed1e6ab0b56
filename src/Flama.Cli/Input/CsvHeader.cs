namespace Flama.Cli.Input;

/// <summary>What the first record of comma-separated values says of the columns, if it is a header.</summary>
internal static class CsvHeader
{
    /// <summary>Whether the record is a header rather than a row.</summary>
    /// <remarks>
    /// Where the model knows names: when one cell is such a name. Else when no cell is a number or empty although the model takes numbers.
    /// </remarks>
    public static bool IsHeader(CsvRecords record, TableSpec signature)
    {
        var cells = Enumerable.Range(0, record.Count).Select(record.TextOf).ToList();
        if (signature.HasNames)
        {
            return signature.Features.Any(feature => cells.Contains(feature.Name!, StringComparer.Ordinal));
        }

        return signature.RowForm switch
        {
            RowForm.Record => true,
            RowForm.Document => false,
            _ => TakesNumbers(signature) && cells.TrueForAll(IsWord),
        };
    }

    /// <summary>The column of each feature; null where columns count by position.</summary>
    /// <exception cref="FlamaException">A feature has no column, or a column is no feature and the model takes no more than its features.</exception>
    public static int[]? Columns(IReadOnlyList<string> header, TableSpec signature)
    {
        if (!signature.HasNames || signature.RowForm == RowForm.Record)
        {
            return null;
        }

        var names = signature.Features.Select(feature => feature.Name!).ToList();
        var missing = names.Except(header, StringComparer.Ordinal).ToList();
        var unknown = signature.SelectsByName ? [] : header.Except(names, StringComparer.Ordinal).ToList();
        if (missing.Count > 0 || unknown.Count > 0)
        {
            List<string> parts = [];
            if (missing.Count > 0)
            {
                parts.Add($"has no column for {List(missing)}");
            }

            if (unknown.Count > 0)
            {
                parts.Add($"has columns that the model does not know: {List(unknown)}");
            }

            throw new FlamaException(
                ErrorCodes.InvalidInput, $"The header {string.Join(" and ", parts)}.", $"The model takes: {List(names)}.");
        }

        return [.. names.Select(name => header.ToList().IndexOf(name))];
    }

    private static bool TakesNumbers(TableSpec signature) =>
        !signature.HasKnownFeatures || signature.Features.Any(feature => feature.Kind == FeatureKind.Number);

    private static bool IsWord(string cell) => cell.Trim().Length > 0 && !Json.PythonNumber.TryParse(cell.AsSpan().Trim(), out _);

    private static string List(List<string> names)
    {
        const int most = 20;
        var shown = string.Join(", ", names.Take(most).Select(name => $"'{name}'"));
        return names.Count > most ? $"{shown} and {names.Count - most} more" : shown;
    }
}
