using System.Globalization;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Fills a batch with records of comma-separated values. Reused; not thread-safe.</summary>
internal sealed class CsvFill(CsvLayout layout) : IDisposable
{
    private const int FirstRows = 256;

    // 4 MiB of numbers.
    private const int MaxCells = 1 << 19;

    private readonly CsvCells cells = new(layout.Spec, layout.Plan.Texts);
    private RowPlan plan = layout.Plan;
    private FeatureBatch? batch;

    /// <summary>The rows.</summary>
    public FeatureBatch Batch => batch!;

    /// <summary>Takes all rows away.</summary>
    public void Clear() => batch?.Clear();

    /// <summary>Adds a row; one that the model does not take is not added.</summary>
    /// <param name="records">The cells.</param>
    /// <param name="record">Their bytes.</param>
    /// <returns>What is wrong with the row: the first problem, and how many more there are; null when it was added.</returns>
    public string? Add(CsvRecords records, ReadOnlySpan<byte> record)
    {
        var count = layout.Columns?.Length ?? records.Count;
        if (layout.Spec.RowForm == RowForm.List)
        {
            Widen(count);
        }

        batch ??= FeatureBatch.RentEmpty(plan.Columns, Math.Clamp(MaxCells / Math.Max(1, plan.Columns), 1, FirstRows), plan.Names);
        var row = batch.AddRow();
        var problem = Fill(records, record, row, count);
        if (problem is not null)
        {
            batch.RemoveLastRow();
        }

        return problem;
    }

    /// <inheritdoc/>
    public void Dispose() => batch?.Dispose();

    private string? Fill(CsvRecords records, ReadOnlySpan<byte> record, int row, int count)
    {
        var numbers = batch!.WritableRow(row);
        string? first = null;
        var problems = 0;
        for (var column = 0; column < count; column++)
        {
            var source = layout.Columns is { } columns ? columns[column] : column;
            if (source < 0)
            {
                continue;
            }

            ref readonly var cell = ref records[source];
            var fault = cells.Read(plan[column], column, cell, record, out var number, out var text);
            if (fault != CellFault.None)
            {
                first ??= $"{Where(column)} {CellRules.Describe(fault, plan[column], CsvCells.Shown(cell.Of(record)))}.";
                problems++;
            }
            else if (text is null)
            {
                numbers[column] = number;
            }
            else
            {
                batch.SetText(row, column, text);
            }
        }

        return problems switch
        {
            0 or 1 => first,
            2 => $"{first} (and 1 more problem)",
            _ => $"{first} (and {problems - 1} more problems)",
        };
    }

    // Rows of any length: the batch is as wide as the longest, and the others end in nulls.
    private void Widen(int count)
    {
        if (plan.KnowsWidth && batch is not null && count <= batch.Columns)
        {
            return;
        }

        plan = plan.WithWidth(count);
        var old = batch;
        batch = FeatureBatch.RentEmpty(count, FirstRows);
        for (var row = 0; row < old?.Rows; row++)
        {
            batch.AddRow();
            old.Row(row).CopyTo(batch.WritableRow(row));
            for (var column = 0; column < old.Columns; column++)
            {
                if (old.TextAt(row, column) is { } text)
                {
                    batch.SetText(row, column, text);
                }
            }
        }

        old?.Dispose();
    }

    private string Where(int column) => plan.Names?[column] is { } name
        ? string.Create(CultureInfo.InvariantCulture, $", feature {column} ({Excerpt.Of(name)})")
        : string.Create(CultureInfo.InvariantCulture, $", feature {column}");
}
