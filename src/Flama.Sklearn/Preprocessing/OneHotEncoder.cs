using Flama.Json;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Turns each column into one column a category, 1 where the cell is that category and 0 elsewhere.</summary>
/// <remarks>
/// Categories that were rare in training share one column at the end of their feature's (since 1.1); <c>drop</c> leaves a column out. An
/// unknown category is an error, a row of zeros, or the rare ones' column, as <c>handle_unknown</c> says. Missing values are categories of their own
/// where training had them. Source: sklearn.preprocessing._encoders, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class OneHotEncoder : Transformer
{
    private readonly OneHotColumn[] columns;
    private readonly string handleUnknown;

    public OneHotEncoder(EstimatorState state)
        : base(state)
    {
        handleUnknown = state.OptionalText("handle_unknown") ?? "error";
        var tables = CategoryTable.Read(state);
        FeatureCount ??= tables.Length;
        if (FeatureCount != tables.Length)
        {
            throw state.Fail($"it has categories for {tables.Length} features and takes {FeatureCount}");
        }

        var mappings = state.Flag("_infrequent_enabled", false) ? state.List("_default_to_infrequent_mappings") : null;
        var drops = DropsOf(state, tables.Length);
        columns = [.. tables.Select((table, i) => new OneHotColumn(
            table,
            mappings?.ElementAtOrDefault(i) is { } mapping ? state.AsIntegers(mapping, "_default_to_infrequent_mappings") : null,
            drops?[i],
            state))];
        OutputWidth = columns.Sum(column => column.Width);
    }

    public override InputRule Input => InputRule.Anything;

    private int OutputWidth { get; }

    private bool RefusesUnknown => handleUnknown == "error";

    public override int Width(int columns) => OutputWidth;

    public override bool TakesMissing(bool downstream) => !RefusesUnknown || columns.All(column => column.Table.HasMissing);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var table = this.columns[i].Table;
            columns[i].UseAsCategory(!RefusesUnknown || table.HasMissing, RefusesUnknown ? table.Sayable() : null);
            if (table.Sayable() is [var first, ..])
            {
                columns[i].OfferExample(first);
            }
        }
    }

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
                var text = texts.IsEmpty ? null : texts[i];
                var category = columns[i].Table.Find(text, numbers[i]);
                if (category < 0 && RefusesUnknown)
                {
                    throw InputCheck.CellProblem(
                        this, input, row, i, ProblemTypes.UnknownCategory, $"{CategoryTable.Show(text, numbers[i])} is not a category that training had");
                }

                var position = category >= 0 ? columns[i].Position(category) : handleUnknown == "ignore" ? -1 : columns[i].Infrequent;
                if (position >= 0)
                {
                    target[start + position] = 1;
                }

                start += columns[i].Width;
            }
        }
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
            long index => checked((int)index),
            double index => checked((int)index),
            _ => throw state.Fail($"its attribute '{name}' holds {PythonType.NameOf(item)}"),
        })];
    }
}
