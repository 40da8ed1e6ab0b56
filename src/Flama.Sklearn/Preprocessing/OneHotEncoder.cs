using Flama.Json;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Preprocessing;

/// <summary>One column a category, 1 where the cell is that category and 0 elsewhere.</summary>
/// <remarks>
/// Categories that were rare in training share one column at the end of their feature's (since 1.1); <c>drop</c> leaves a column out. An
/// unknown category is an error, a row of zeros, or the rare ones' column, as <c>handle_unknown</c> says. Missing values are categories of their own
/// where training had them. Going back, a row of zeros is the dropped category, None or an error.
/// Source: sklearn.preprocessing._encoders, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class OneHotEncoder : CategoryEncoder
{
    private readonly OneHotColumn[] columns;
    private readonly bool ignoresUnknown;
    private readonly bool isSparse;
    private readonly bool refusesZeros;

    // Until 1.2 zeros went back to the category that has the dropped group's number among all categories.
    private readonly bool countsUngrouped;

    public OneHotEncoder(EstimatorState state)
        : base(state)
    {
        var handleUnknown = state.OptionalText("handle_unknown") ?? "error";
        RefusesUnknown = handleUnknown == "error";

        // 1.6 and 1.7 say that 'warn' means the rare ones' column, and ignore.
        ignoresUnknown = handleUnknown == "ignore" || (handleUnknown == "warn" && !state.Version.IsAtLeast(1, 8));
        countsUngrouped = ignoresUnknown && !state.Version.IsAtLeast(1, 3);
        refusesZeros = state.Version.IsAtLeast(1, 0) && state.Value("drop_idx_") is null;
        var mappings = state.Flag("_infrequent_enabled", false) ? state.List("_default_to_infrequent_mappings") : null;
        var drops = DropsOf(state, Tables.Length);
        columns = [.. Tables.Select((table, i) => new OneHotColumn(
            table.Categories,
            mappings?.ElementAtOrDefault(i) is { } mapping ? state.AsIntegers(mapping, "_default_to_infrequent_mappings") : null,
            drops?[i],
            state))];
        OutputWidth = columns.Sum(column => column.Width);
        isSparse = state.Flag(state.FirstOf("sparse_output", "sparse"), true);
        NumberKind = NumberType.KindOf(state);
    }

    public override bool GivesSparse => isSparse && OutputWidth >= SparseWidth;

    protected override bool RefusesUnknown { get; }

    protected override PredictionKind NumberKind { get; }

    protected override bool HasInverse => true;

    private int OutputWidth { get; }

    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? InputRule.Numbers : Input;

    public override int Width(int columns) => OutputWidth;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.InverseTransform
        ? new(PredictionKind.Mixed, columns.Length)
        : base.Shape(method, input);

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var texts = input.TextRow(row);
            var target = output.Row(row);
            target.Clear();
            var start = 0;
            for (var i = 0; i < columns.Length; i++)
            {
                var position = PositionOf(input, row, i, texts.IsEmpty ? null : texts[i], numbers[i]);
                if (position >= 0)
                {
                    target[start + position] = 1;
                }

                start += columns[i].Width;
            }
        }
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        var rows = new SparseRows(OutputWidth, input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var texts = input.TextRow(row);
            var start = 0;
            for (var i = 0; i < columns.Length; i++)
            {
                var position = PositionOf(input, row, i, texts.IsEmpty ? null : texts[i], numbers[i]);
                if (position >= 0)
                {
                    rows.Add(start + position, 1);
                }

                start += columns[i].Width;
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
            for (var i = 0; i < columns.Length; i++)
            {
                var category = CategoryOf(values[..columns[i].Width], i, input.FirstRow + row);
                output[row, i] = category.Kind == ScalarKind.Null ? FeatureBatch.Null : category.Number;
                output.SetText(row, i, category.Text);
                values = values[columns[i].Width..];
            }
        }
    }

    private int PositionOf(FeatureBatch input, int row, int column, string? text, double number)
    {
        var category = Find(input, row, column, text, number);
        return category >= 0 ? columns[column].Position(category) : ignoresUnknown ? -1 : columns[column].Infrequent;
    }

    private Scalar CategoryOf(ReadOnlySpan<double> values, int column, int row)
    {
        var sum = 0.0;
        var best = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            best = values[i] > values[best] ? i : best;
        }

        if (values.IsEmpty || sum == 0)
        {
            if (columns[column].Dropped is { } dropped)
            {
                return countsUngrouped ? columns[column].UngroupedDropped ?? dropped : dropped;
            }

            if (!RefusesUnknown && (ignoresUnknown || !columns[column].HasRare))
            {
                return Scalar.Null;
            }

            if (values.IsEmpty || refusesZeros)
            {
                throw InputCheck.Problem(new InputProblem(ProblemTypes.NumberRange, $"Row {row}: the columns of feature {column} are all 0.", row, column));
            }
        }

        return columns[column].NameOf(best);
    }

    // From 1.3 on the dropped position counts after rare categories were put together; before, drop_idx_ did.
    private static int?[]? DropsOf(EstimatorState state, int features)
    {
        var name = state.FirstOf("_drop_idx_after_grouping", "drop_idx_");
        if (state.Value(name) is not { } value)
        {
            return null;
        }

        var items = value is NdArray array ? array.ToObjects() : throw state.Fail($"its attribute '{name}' is {PythonType.NameOf(value)}, expected an array");
        if (items.Length != features)
        {
            throw state.Fail($"its attribute '{name}' has {items.Length} values, expected {features}");
        }

        return [.. items.Select(item => item switch
        {
            null => (int?)null,
            long index and >= 0 and <= int.MaxValue => (int)index,
            double index and >= 0 and <= int.MaxValue => (int)index,
            _ => throw state.Fail($"its attribute '{name}' holds {PythonType.NameOf(item)}"),
        })];
    }
}
