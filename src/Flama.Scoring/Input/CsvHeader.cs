using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>What the first record of comma-separated values says of the columns, if it is a header.</summary>
internal static class CsvHeader
{
    private const int MostShown = 20;

    /// <summary>Whether the record is a header rather than a row.</summary>
    /// <remarks>
    /// Where the model knows names: when one cell is such a name. Else when no cell is a number or empty although the model takes numbers.
    /// </remarks>
    public static bool IsHeader(IReadOnlyList<string> cells, TableSpec spec)
    {
        if (spec.HasNames)
        {
            return spec.Features.Any(feature => cells.Contains(feature.Name!, StringComparer.Ordinal));
        }

        return spec.RowForm switch
        {
            RowForm.Record => true,
            RowForm.Document or RowForm.List => false,
            _ => TakesNumbers(spec) && cells.All(IsWord),
        };
    }

    /// <summary>The column of each feature; null where columns count by position.</summary>
    /// <exception cref="FlamaException">A feature has no column, or a column is not a feature and the model takes no more than its features.</exception>
    public static int[]? Columns(IReadOnlyList<string> header, TableSpec spec)
    {
        if (!spec.HasNames || spec.RowForm == RowForm.Record)
        {
            return null;
        }

        var names = spec.Features.Select(feature => feature.Name!).ToList();
        var missing = names.Except(header, StringComparer.Ordinal).ToList();
        var unknown = spec.SelectsByName ? [] : header.Except(names, StringComparer.Ordinal).ToList();
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

    private static bool TakesNumbers(TableSpec spec) =>
        !spec.HasKnownFeatures || spec.Features.Any(feature => feature.Kind == FeatureKind.Number);

    private static bool IsWord(string cell) => cell.Trim().Length > 0 && !PythonNumber.TryParse(cell.AsSpan().Trim(), out _);

    private static string List(IReadOnlyList<string> names) => Excerpt.List([.. names.Select(name => Excerpt.Of(name))], MostShown);
}
