using System.Globalization;
using Flama.Json;
using Flama.Scoring.Input;
using Flama.Tables;

namespace Flama.Scoring.Columns;

/// <summary>Rows of typed columns in a batch, column by column judged as the cells of JSON are.</summary>
/// <param name="layout">The features.</param>
internal sealed class TableChunk(TableLayout layout) : RowChunk
{
    private readonly RowPlan plan = layout.Plan;
    private FeatureBatch? batch;
    private string?[] problems = [];

    /// <inheritdoc/>
    public override bool IsFull => Count > 0;

    /// <summary>Begins anew.</summary>
    public void Begin(int rows)
    {
        batch?.Dispose();
        batch = FeatureBatch.RentUninitialized(rows, plan.Columns, columnNames: plan.Names);
        problems = rows <= problems.Length ? problems : new string?[rows];
        problems.AsSpan(0, rows).Clear();
    }

    /// <summary>Adds the cells of a feature.</summary>
    public void Add(int feature, ReadOnlySpan<Scalar> cells)
    {
        var cell = plan[feature];
        var numbers = batch!.WritableNumbers;
        for (var (row, at) = (0, feature); row < cells.Length; row++, at += plan.Columns)
        {
            ref readonly var value = ref cells[row];
            if (value.Kind == ScalarKind.Float && cell.TakesEveryNumber && double.IsFinite(value.Number))
            {
                numbers[at] = value.Number;
            }
            else if (Put(cell, value, row, at, feature) is var fault && fault != CellFault.None)
            {
                problems[row] ??= $"{Where(feature)} {CellRules.Describe(fault, cell, Shown(value))}.";
            }
        }
    }

    /// <summary>Leaves a feature out that the model never looks at.</summary>
    public void AddMissing(int feature)
    {
        var numbers = batch!.WritableNumbers;
        for (var at = feature; at < numbers.Length; at += plan.Columns)
        {
            numbers[at] = FeatureBatch.Null;
        }
    }

    /// <summary>Ends the chunk: rows with a problem leave the batch.</summary>
    /// <param name="position">The number of the first row.</param>
    public void End(long position)
    {
        var columns = plan.Columns;
        var rows = batch!.Rows;
        var good = 0;
        for (var row = 0; row < rows; row++)
        {
            if (problems[row] is { } problem)
            {
                AddFault(position + row, problem);
                continue;
            }

            if (good != row)
            {
                batch.WritableNumbers.Slice(row * columns, columns).CopyTo(batch.WritableNumbers[(good * columns)..]);
                if (!batch.IsNumeric)
                {
                    batch.WritableTexts.Slice(row * columns, columns).CopyTo(batch.WritableTexts[(good * columns)..]);
                }
            }

            Add(position + row);
            good++;
        }

        batch.CutTo(good);
    }

    /// <inheritdoc/>
    public override FeatureBatch Rows(int first, int count) => batch!.Slice(first - FaultsBefore(first), count);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        batch?.Dispose();
        base.Dispose(disposing);
    }

    private CellFault Put(CellPlan cell, in Scalar value, int row, int at, int feature)
    {
        var number = FeatureBatch.Null;
        switch (value.Kind)
        {
            case ScalarKind.Null:
                number = layout.IsRecord ? double.NaN : number;
                break;
            case ScalarKind.Text when cell.IsUsed:
                var fault = CellRules.Text(cell, value.Text, out var parsed);
                if (parsed is null)
                {
                    return fault == CellFault.None ? PutText(value.Text!, row, at, feature) : fault;
                }

                number = parsed.Value;
                break;
            case ScalarKind.Text:
                break;
            case var _ when value.IsNumber && !cell.TakesNumbers:
                if (cell.IsUsed && !double.IsNaN(value.Number))
                {
                    return CellFault.NotText;
                }

                break;
            case var _ when cell.KeepsDigits && LargeIntegers.Contains(value):
                var digits = value.ToString();
                return cell.IsKnown(digits) ? PutText(digits, row, at, feature) : CellFault.UnknownCategory;
            default:
                number = value.Number;
                break;
        }

        var numberFault = CellRules.Number(cell, ref number);
        batch!.WritableNumbers[at] = number;
        return numberFault;
    }

    private CellFault PutText(string text, int row, int at, int feature)
    {
        batch!.SetText(row, feature, text);
        batch.WritableNumbers[at] = 0;
        return CellFault.None;
    }

    private string Where(int column) => plan.Names?[column] is { } name
        ? string.Create(CultureInfo.InvariantCulture, $", feature {column} ({Excerpt.Of(name)})")
        : string.Create(CultureInfo.InvariantCulture, $", feature {column}");

    private static string Shown(in Scalar value) => value.Kind == ScalarKind.Text ? Excerpt.Of(value.Text) : value.ToString();
}
