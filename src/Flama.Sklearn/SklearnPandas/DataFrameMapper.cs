using Flama.Pickle;
using Flama.Sklearn.Compose;

namespace Flama.Sklearn.SklearnPandas;

/// <summary>Hands columns of a frame, picked by name, to transformers of their own and puts the results side by side.</summary>
/// <remarks>
/// A transformer None hands its columns on. What becomes of columns that no transformer names is known here only where they are dropped, which is the default; where they were
/// kept or transformed the model is refused. Source: sklearn_pandas.dataframe_mapper, checked against 2.2.0.
/// </remarks>
internal sealed class DataFrameMapper : Transformer
{
    private readonly ColumnPart[] parts;
    private readonly int[] widths;
    private readonly int width;

    public DataFrameMapper(EstimatorState state)
        : base(state)
    {
        if (state.Value(state.FirstOf("built_default", "default")) is not false)
        {
            throw state.Unsupported("default other than False", "Which columns it kept is not in the file.");
        }

        var names = new List<string>();
        parts = [.. PartsOf(state, names)];
        FeatureNames = names;
        FeatureCount = names.Count;
        widths = [.. parts.Select(part => part.Width(names.Count))];
        width = widths.Sum();
    }

    public override InputRule Input => InputRule.Anything;

    public override bool SelectsByName => true;

    public override bool IsRowwise => parts.All(part => part.Estimator?.IsRowwise ?? true);

    public override int Width(int columns) => width;

    public override bool GivesText(FeatureBatch? input) => Array.Exists(parts, part => part.GivesText(input));

    public override IReadOnlyList<int>? OriginsOf(int columns) => [.. parts.SelectMany(part => part.OriginsOf(columns))];

    // Which of its columns a missing value will be in is only known when it comes; the part then checks.
    public override bool TakesMissing(bool downstream) => Array.Exists(parts, part => part.Estimator?.TakesMissing(downstream) ?? downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var part in parts)
        {
            part.Describe(columns, downstream);
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i].Transform(this, input, output.Slice(start, widths[i]));
            start += widths[i];
        }
    }

    private static IEnumerable<ColumnPart> PartsOf(EstimatorState state, List<string> names)
    {
        var items = state.List("built_features");
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not PickleTuple { Count: >= 2 } entry)
            {
                throw state.Fail($"built_features[{i}] is {PythonType.NameOf(items[i])}, expected columns and a transformer");
            }

            var columns = entry[0] is string one ? [one] : EstimatorState.ItemsOf(entry[0]) ?? [entry[0]];
            var positions = new int[columns.Count];
            for (var column = 0; column < positions.Length; column++)
            {
                if (columns[column] is not string name)
                {
                    throw state.Fail($"built_features[{i}] names a column by {PythonType.NameOf(columns[column])}, expected a string");
                }

                positions[column] = names.IndexOf(name);
                if (positions[column] < 0)
                {
                    positions[column] = names.Count;
                    names.Add(name);
                }
            }

            var estimator = entry[1] is null ? null : state.Nested(entry[1], $"built_features[{i}]");
            if (estimator is not null && !estimator.Has(Method.Transform))
            {
                throw state.Fail($"built_features[{i}] ({estimator.Name}) cannot transform");
            }

            state.RequireColumns(estimator, positions.Length, $"built_features[{i}]");
            yield return new ColumnPart(positions, estimator, 1);
        }
    }
}
