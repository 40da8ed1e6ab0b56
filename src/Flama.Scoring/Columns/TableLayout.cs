using System.Globalization;
using Flama.Json;
using Flama.Scoring.Input;

namespace Flama.Scoring.Columns;

/// <summary>Which column of a table file each feature of a model comes from. Immutable.</summary>
/// <param name="Plan">The features, their number known.</param>
/// <param name="IsRecord">Whether rows are records of any names, in which a missing cell is NaN.</param>
/// <param name="Columns">The column of each feature; −1 for one that is not used and not there.</param>
internal sealed record TableLayout(RowPlan Plan, bool IsRecord, IReadOnlyList<int> Columns)
{
    /// <summary>Finds the columns.</summary>
    /// <param name="table">The file.</param>
    /// <param name="spec">What rows the model takes.</param>
    /// <param name="options">What the user decided; hears what was decided for them.</param>
    /// <exception cref="FlamaException">The columns do not fit the model.</exception>
    public static TableLayout Of(ColumnTable table, TableSpec spec, ScoringOptions options)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        var kept = CsvColumns.Kept(names, options.DropColumns, $"The {table.Format} input");
        if (table.IndexColumns.Count > 0)
        {
            var features = spec.HasNames ? spec.Features.Select(feature => feature.Name!).ToHashSet(StringComparer.Ordinal) : [];
            kept = [.. kept.Where(column => !table.IndexColumns.Contains(names[column]) || features.Contains(names[column]))];
        }

        RowPlan plan = new(spec);
        var isRecord = spec.RowForm == RowForm.Record;
        if (isRecord)
        {
            plan = plan.WithNames([.. kept.Select(column => names[column])]);
        }
        else if (spec.HasNames)
        {
            kept = new CsvColumns(names, kept, spec, options.OnWarning, $"The {table.Format} input").Find();
        }
        else if (!plan.KnowsWidth || spec.RowForm == RowForm.List)
        {
            plan = plan.WithWidth(kept.Length);
        }

        Check(table, plan, kept);
        return new(plan, isRecord, kept);
    }

    private static void Check(ColumnTable table, RowPlan plan, int[] columns)
    {
        if (columns.Length != plan.Columns || columns.Length == 0)
        {
            throw new FlamaException(
                ErrorCodes.InvalidInput,
                string.Create(CultureInfo.InvariantCulture, $"The {table.Format} input has {columns.Length} columns, and the model takes {plan.Columns} features{plan.DescribeNames()}."),
                "Leave out the columns that are not features.");
        }

        for (var feature = 0; feature < columns.Length; feature++)
        {
            if (columns[feature] >= 0 && table.Columns[columns[feature]] is { Format: null } column && plan[feature].IsUsed)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidInput,
                    $"Column {Excerpt.Of(column.Name)} of the {table.Format} input holds {column.TypeName}, expected single values: numbers, booleans, text or dates.",
                    "Turn the column into one of those.");
            }
        }
    }
}
