using System.Globalization;
using System.Runtime.CompilerServices;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Puts the cells of a chunk's records into a batch. Reused; not thread-safe.</summary>
internal sealed class CsvFill(CsvLayout layout) : IDisposable
{
    private readonly CsvCells cells = new(layout.Spec, layout.Plan.Texts);
    private RowPlan plan = layout.Plan;
    private FeatureBatch? batch;
    private int rows;

    /// <summary>The rows.</summary>
    public FeatureBatch Batch => batch!;

    /// <summary>Begins a chunk.</summary>
    /// <param name="records">How many rows there are at most.</param>
    /// <param name="columns">How many cells the longest record has, where each may have any number; they end in nulls.</param>
    public void Begin(int records, int? columns)
    {
        batch?.Dispose();
        plan = columns is { } longest ? layout.Plan.WithWidth(longest) : layout.Plan;
        batch = FeatureBatch.RentUninitialized(records, plan.Columns, columnNames: plan.Names);
        rows = 0;
    }

    /// <summary>Adds a row; one that the model does not take is not added.</summary>
    /// <param name="records">The cells.</param>
    /// <param name="record">Their bytes.</param>
    /// <returns>What is wrong with the row: the first problem, and how many more there are; null when it was added.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? Add(CsvRecords records, ReadOnlySpan<byte> record)
    {
        var first = rows * plan.Columns;
        var numbers = batch!.WritableNumbers.Slice(first, plan.Columns);
        var texts = batch.WritableTexts;
        texts = texts.IsEmpty ? texts : texts.Slice(first, plan.Columns);
        texts.Clear();
        string? problem = null;
        var problems = 0;
        var count = layout.Columns?.Length ?? records.Count;
        numbers[count..].Fill(FeatureBatch.Null);
        for (var column = 0; column < count; column++)
        {
            var source = layout.Columns is { } columns ? columns[column] : column;
            if (source < 0)
            {
                numbers[column] = FeatureBatch.Null;
                continue;
            }

            ref readonly var cell = ref records[source];
            var fault = cells.Read(plan[column], column, cell, record, out numbers[column], out var text);
            if (fault != CellFault.None)
            {
                problem ??= $"{Where(column)} {CellRules.Describe(fault, plan[column], CsvCells.Shown(cell.Of(record)))}.";
                problems++;
            }
            else if (text is not null)
            {
                texts = texts.IsEmpty ? batch.AddTexts().Slice(first, plan.Columns) : texts;
                texts[column] = text;
            }
        }

        rows += problem is null ? 1 : 0;
        return problems switch
        {
            0 or 1 => problem,
            2 => $"{problem} (and 1 more problem)",
            _ => $"{problem} (and {problems - 1} more problems)",
        };
    }

    /// <summary>Ends a chunk: the batch has the rows that were added.</summary>
    public void End() => Batch.CutTo(rows);

    /// <inheritdoc/>
    public void Dispose() => batch?.Dispose();

    private string Where(int column) => plan.Names?[column] is { } name
        ? string.Create(CultureInfo.InvariantCulture, $", feature {column} ({Excerpt.Of(name)})")
        : string.Create(CultureInfo.InvariantCulture, $", feature {column}");
}
