using Flama.Json;

namespace Flama.Sklearn.FeatureSelection;

/// <summary>A transformer that keeps some columns as they are and leaves out the others.</summary>
/// <remarks>Strings pass; missing and infinite values pass where <see cref="TakesAnything"/>. Going back, columns left out are 0.</remarks>
internal abstract class Selector : Transformer
{
    private readonly int[] selected;
    private readonly int[] positions;

    /// <summary>Takes over which columns stay.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="support">For each column, whether it stays.</param>
    protected Selector(EstimatorState state, bool[] support)
        : base(state)
    {
        FeatureCount = support.Length;
        selected = [.. Enumerable.Range(0, support.Length).Where(i => support[i])];
        positions = new int[support.Length];
        positions.AsSpan().Fill(-1);
        for (var i = 0; i < selected.Length; i++)
        {
            positions[selected[i]] = i;
        }
    }

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => true;

    public override bool KeepsSparse => true;

    /// <summary>Whether missing and infinite values pass.</summary>
    protected virtual bool TakesAnything => false;

    protected override bool HasInverse => true;

    /// <summary>How many columns stay.</summary>
    protected int SelectedCount => selected.Length;

    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? InputRule.Numbers : Input;

    public override int Width(int columns) => selected.Length;

    public override IReadOnlyList<int>? OriginsOf(int columns) => selected;

    public override bool GivesText(FeatureBatch? input) => input is { IsNumeric: false };

    public override bool TakesMissing(bool downstream) => TakesAnything && downstream;

    // Training on a table may have had columns of strings; on an array it had numbers.
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var takesMissing = TakesAnything && (downstream || positions[i] < 0);
            if (FeatureNames is null)
            {
                columns[i].UseAsNumber(parsesText: false, takesMissing, takesInfinity: takesMissing);
            }
            else
            {
                columns[i].UseAsIs(takesMissing);
            }
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        Check(input);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var texts = input.TextRow(row);
            var target = output.Row(row);
            for (var i = 0; i < selected.Length; i++)
            {
                target[i] = values[selected[i]];
                if (!texts.IsEmpty)
                {
                    output.SetText(row, i, texts[selected[i]]);
                }
            }
        }
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        Check(input);
        var source = input.Sparse!;
        var rows = new SparseRows(selected.Length, source.Rows);
        for (var row = 0; row < source.Rows; row++)
        {
            var columns = source.ColumnsOf(row);
            var values = source.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                if (positions[columns[i]] >= 0)
                {
                    rows.Add(positions[columns[i]], values[i]);
                }
            }

            rows.EndRow();
        }

        return FeatureBatch.OfSparse(rows, input.FirstRow);
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var original = output.Row(row);
            original.Clear();
            for (var i = 0; i < selected.Length; i++)
            {
                original[selected[i]] = values[i];
            }
        }
    }

    private void Check(FeatureBatch input)
    {
        for (var row = 0; !TakesAnything && row < input.Rows; row++)
        {
            var values = input.Sparse is { } sparse ? sparse.ValuesOf(row) : input.Row(row);
            for (var i = 0; i < values.Length; i++)
            {
                var column = input.Sparse is { } rows ? rows.ColumnsOf(row)[i] : i;
                if (!double.IsFinite(values[i]) && (input.Sparse is not null || input.TextAt(row, column) is null))
                {
                    throw InputCheck.CellProblem(
                        this, input, row, column, double.IsNaN(values[i]) ? ProblemTypes.MissingValue : ProblemTypes.Infinity,
                        $"the value is {(double.IsNaN(values[i]) ? "missing" : "infinite")}, and the model takes no such values here ({Name})");
                }
            }
        }
    }
}
