using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>What the first record settles about all records: separator, columns, width. Immutable.</summary>
/// <param name="Spec">What rows the model takes.</param>
/// <param name="Plan">The features, their number known unless a row may have any.</param>
/// <param name="Separator">What stands between cells.</param>
/// <param name="Width">How many cells the header has; null without one.</param>
/// <param name="Columns">The column of each feature, −1 for one that is not used and not there; null where columns count by position.</param>
internal sealed record CsvLayout(TableSpec Spec, RowPlan Plan, byte Separator, int? Width, int[]? Columns)
{
    /// <summary>Settles it.</summary>
    /// <param name="spec">What rows the model takes.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <param name="header">The header; null without one.</param>
    /// <param name="count">How many cells the first record has.</param>
    public static CsvLayout Of(TableSpec spec, byte separator, CsvHeader? header, int count)
    {
        RowPlan plan = new(spec);
        var columns = header?.Columns;
        if (spec.RowForm == RowForm.Record && header is not null)
        {
            plan = plan.WithNames([.. header.Names]);
        }
        else if (spec.RowForm != RowForm.List && !plan.KnowsWidth)
        {
            plan = plan.WithWidth(columns?.Length ?? count);
        }

        return new(spec, plan, separator, header?.Width, columns);
    }
}
