using System.Globalization;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>The first record of comma-separated values, if it is a header: its names, and the column of each feature.</summary>
internal sealed class CsvHeader
{
    private const int MostShown = 20;

    private CsvHeader(IReadOnlyList<string> cells, IReadOnlyList<string> names, int[]? columns)
    {
        Width = cells.Count;
        Names = names;
        Columns = columns;
    }

    /// <summary>How many cells the record has.</summary>
    public int Width { get; }

    /// <summary>The names, without those of columns that are left out.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The column of each feature, or of each name; null where columns count by position.</summary>
    public int[]? Columns { get; }

    /// <summary>Takes the record for a header or, giving null, for a row.</summary>
    /// <param name="cells">The record.</param>
    /// <param name="spec">What rows the model takes.</param>
    /// <param name="options">What the user decided; hears what was decided for them.</param>
    /// <exception cref="FlamaException">
    /// The record is a header and does not fit the model, or it cannot be told what it is, or a column to leave out is not there.
    /// </exception>
    public static CsvHeader? Read(IReadOnlyList<string> cells, TableSpec spec, ScoringOptions options)
    {
        if (!(options.HasHeader ?? IsHeader(cells, spec, options)))
        {
            return options.DropColumns.Count == 0 ? null : throw new FlamaException(
                ErrorCodes.InvalidOption, "Columns are left out by their names, and the CSV has no header.", "Give it a header, or remove the columns.");
        }

        var kept = CsvColumns.Kept(cells, options.DropColumns);
        if (!spec.HasNames || spec.RowForm == RowForm.Record)
        {
            return new(cells, [.. kept.Select(column => cells[column].Trim())], kept.Length == cells.Count ? null : kept);
        }

        return new(cells, cells, new CsvColumns(cells, kept, spec, options.OnWarning).Find());
    }

    private static bool IsHeader(IReadOnlyList<string> cells, TableSpec spec, ScoringOptions options)
    {
        if (spec.HasNames)
        {
            var isWords = spec.RowForm == RowForm.Cells && cells.All(IsWord) && !IsKnownRow(cells, spec);
            return spec.Features.Any(feature => cells.Any(cell => string.Equals(cell.Trim(), feature.Name!.Trim(), StringComparison.OrdinalIgnoreCase)))
                || (isWords && (spec.Features.Any(feature => feature.Kind == FeatureKind.Number) ? true : throw Unclear(cells, spec)));
        }

        switch (spec.RowForm)
        {
            case RowForm.Record:
                return true;
            case RowForm.Document or RowForm.List:
                return false;
            case var _ when cells.Count > 1 && cells.Index().All(cell => cell.Item == cell.Index.ToString(CultureInfo.InvariantCulture)):
                options.OnWarning?.Invoke($"Line 1 ({List(cells)}) is taken for a header, as pandas writes one for columns without names, not for a row.");
                return true;
            default:
                return (!spec.HasKnownFeatures || spec.Features.Any(feature => feature.Kind == FeatureKind.Number)) && cells.All(IsWord);
        }
    }

    // A row of categories that training had.
    private static bool IsKnownRow(IReadOnlyList<string> cells, TableSpec spec) =>
        cells.Count == spec.Features.Count
        && spec.Features.Index().All(item => item.Item.Categories.Any(category => category.Text is { } text && text == cells[item.Index]));

    private static bool IsWord(string cell) => cell.Trim().Length > 0 && !PythonNumber.TryParse(cell.AsSpan().Trim(), out _);

    private static FlamaException Unclear(IReadOnlyList<string> cells, TableSpec spec) => new(
        ErrorCodes.InvalidInput,
        $"Line 1 is neither a header that the model knows nor certainly a row: {List(cells)}.",
        $"The model takes: {List([.. spec.Features.Select(feature => feature.Name!)])}. Set whether there is a header.");

    /// <summary>Names for a message.</summary>
    public static string List(IReadOnlyList<string> names) => Excerpt.List([.. names.Select(name => Excerpt.Of(name))], MostShown);
}
