using System.Globalization;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Rows of comma-separated values, straight in a batch.</summary>
internal sealed class CsvChunk : RowChunk
{
    // 4 MiB of numbers.
    private const int MaxCells = 1 << 19;
    private const int FirstRows = 256;

    private readonly TableSpec spec;
    private readonly CsvCells cells;
    private RowPlan plan;
    private FeatureBatch? batch;
    private int[]? columns;
    private int? width;

    /// <summary>Starts without a header.</summary>
    /// <param name="spec">What rows the model takes.</param>
    public CsvChunk(TableSpec spec)
    {
        this.spec = spec;
        plan = new RowPlan(spec);
        cells = new CsvCells(spec, plan.Texts);
    }

    /// <inheritdoc/>
    public override bool IsFull => Count >= MaxRows || (batch is not null && (batch.Rows + 1L) * batch.Columns > MaxCells && batch.Rows > 0);

    /// <summary>Sets what the header tells.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="columnOfFeature">The column of each feature; null where columns count by position.</param>
    public void SetHeader(IReadOnlyList<string> header, int[]? columnOfFeature)
    {
        width = header.Count;
        columns = columnOfFeature;
        if (spec.RowForm == RowForm.Record)
        {
            plan = plan.WithNames([.. header]);
        }
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        batch?.Clear();
    }

    /// <summary>Adds a record.</summary>
    public void Add(CsvRecords records, ReadOnlySpan<byte> window)
    {
        var count = columns?.Length ?? records.Count;
        if (FaultOfWidth(records, count) is { } fault)
        {
            AddFault(records.Line, fault);
            return;
        }

        if (spec.RowForm == RowForm.List)
        {
            Widen(count);
        }
        else if (!plan.KnowsWidth)
        {
            plan = plan.WithWidth(count);
        }

        batch ??= FeatureBatch.RentEmpty(plan.Columns, Math.Clamp(MaxCells / Math.Max(1, plan.Columns), 1, FirstRows), plan.Names);
        var row = batch.AddRow();
        if (Fill(records, window, row, count) is { } problem)
        {
            batch.RemoveLastRow();
            AddFault(records.Line, problem);
        }
        else
        {
            Add(records.Line);
        }
    }

    /// <inheritdoc/>
    public override FeatureBatch Rows(int first, int count) => batch!.Slice(first - FaultsBefore(first), count);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        batch?.Dispose();
        base.Dispose(disposing);
    }

    private string? FaultOfWidth(CsvRecords records, int count)
    {
        if (records.IsBroken)
        {
            return "opens a quotation mark that is never closed.";
        }

        if (width is { } expected && records.Count != expected)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {records.Count} values, the header has {expected}.");
        }

        if (spec.RowForm == RowForm.List || !plan.KnowsWidth || count == plan.Columns)
        {
            return null;
        }

        return spec.HasKnownFeatures || spec.RowForm == RowForm.Document
            ? $"has {Counted(count, "feature")}, expected {plan.Columns}{plan.DescribeNames()}."
            : $"has {Counted(count, "value")}, and the first row has {plan.Columns}, expected rows of the same length.";
    }

    // Returns what is wrong with the row: the first problem, and how many more there are.
    private string? Fill(CsvRecords records, ReadOnlySpan<byte> window, int row, int count)
    {
        var numbers = batch!.WritableRow(row);
        string? first = null;
        var problems = 0;
        for (var column = 0; column < count; column++)
        {
            ref readonly var cell = ref records[columns is null ? column : columns[column]];
            var fault = cells.Read(plan[column], column, cell, window, out var number, out var text);
            if (fault != CellFault.None)
            {
                first ??= $"{Where(column)} {CellRules.Describe(fault, plan[column], CsvCells.Shown(cell.Of(window)))}.";
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

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
