using Flama.Pickle;
using Flama.Pickle.Pandas;

namespace Flama.Sklearn.Compose;

/// <summary>Hands groups of columns to transformers of their own and puts the results side by side, in the order of the transformers.</summary>
/// <remarks>
/// Columns are picked by name where training had names, so that rows given as objects may have more of them. A part that is 'drop' gives nothing, one that is
/// 'passthrough' gives its columns as they are. Where training's result was mostly zeros, it is sparse rows, in which strings are read as numbers. Source: sklearn.compose._column_transformer, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class ColumnTransformer : Transformer
{
    private readonly ColumnPart[] parts;
    private readonly int[] widths;
    private readonly int width;
    private readonly bool isSparse;
    private readonly bool givesText;
    private readonly bool passesText;

    public ColumnTransformer(EstimatorState state)
        : base(state)
    {
        FeatureCount ??= state.OptionalInteger("_n_features");
        var features = FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        FeatureNames ??= NamesOf(state);
        NeedsColumnOrder = !state.Version.IsAtLeast(0, 24);
        if (FeatureNames is { } names && names.Count != features)
        {
            throw state.Fail($"it has {names.Count} feature names and takes {features} features");
        }

        parts = [.. PartsOf(state, features)];
        widths = [.. parts.Select(part => part.Width(features))];
        width = widths.Sum();
        isSparse = state.Flag("sparse_output_", false);
        givesText = Array.Exists(parts, part => part.GivesText(null));
        using var mixed = FeatureBatch.RentUninitialized(0, features, withTexts: true);
        passesText = Array.Exists(parts, part => part.GivesText(mixed));
    }

    public override InputRule Input => InputRule.Anything;

    public override bool GivesSparse => isSparse && width >= SparseWidth;

    public override bool SelectsByName => FeatureNames is not null;

    public override bool NeedsColumnOrder { get; }

    public override bool IsRowwise => parts.All(part => part.Estimator?.IsRowwise ?? true);

    public override int Width(int columns) => width;

    public override IReadOnlyList<int>? OriginsOf(int columns) => [.. parts.SelectMany(part => part.OriginsOf(columns))];

    public override bool GivesText(FeatureBatch? input) => !isSparse && (givesText || (passesText && input is { IsNumeric: false }));

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
        if (isSparse && (givesText || (passesText && !input.IsNumeric)))
        {
            using var numbers = ComputeSparse(input);
            output.Write(numbers.Sparse!);
            return;
        }

        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i].Transform(this, input, output.Slice(start, widths[i]));
            start += widths[i];
        }
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input) => PartStack.Transform(parts, this, input, input.Columns);

    private static IReadOnlyList<string>? NamesOf(EstimatorState state) =>
        state.OptionalTexts("_feature_names_in") ??
        (state.Value("_df_columns") is PickleObject index && PandasIndex.TryRead(index, out var labels) && labels.ToObjects().All(item => item is string)
            ? [.. labels.ToObjects().Cast<string>()]
            : NamesByPosition(state));

    // A transformer that was trained on a frame and does not keep its names still tells where each part's named columns were.
    private static string[]? NamesByPosition(EstimatorState state)
    {
        if (state.OptionalInteger("n_features_in_") is not { } features || state.Value("_transformer_to_input_indices") is not PickleDict positions
            || EstimatorState.ItemsOf(state.Value("transformers_")) is not { } parts || features > parts.Sum(NamesIn))
        {
            return null;
        }

        var names = new string?[features];
        foreach (var part in parts.OfType<PickleTuple>().Where(part => part.Count == 3))
        {
            if (part[0] is string name && positions.TryGetValue(name, out var value) && EstimatorState.ItemsOf(value) is { } where)
            {
                var columns = part[2] is string one ? [one] : EstimatorState.ItemsOf(part[2]) ?? [];
                for (var i = 0; i < where.Count && i < columns.Count; i++)
                {
                    if (where[i] is long at && at >= 0 && at < features && columns[i] is string column)
                    {
                        names[at] = column;
                    }
                }
            }
        }

        return Array.TrueForAll(names, name => name is not null) ? names.OfType<string>().ToArray() : null;
    }

    private static int NamesIn(object? part) => part is PickleTuple { Count: 3 } entry ? EstimatorState.ItemsOf(entry[2])?.Count ?? 1 : 0;

    private IEnumerable<ColumnPart> PartsOf(EstimatorState state, int features)
    {
        var items = state.List("transformers_");
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not PickleTuple { Count: 3 } entry)
            {
                throw state.Fail($"transformers_[{i}] is {PythonType.NameOf(items[i])}, expected a name, a transformer and columns");
            }

            if (entry[1] is "drop")
            {
                continue;
            }

            var columns = ColumnSelection.Resolve(state, entry[2], features, FeatureNames);
            if (columns.Length == 0)
            {
                continue;
            }

            var weight = state.Value("transformer_weights") is PickleDict weights && entry[0] is string name && weights.TryGetValue(name, out var value)
                ? value is double or long ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : throw state.Fail("a transformer weight is not a number")
                : 1.0;
            var estimator = entry[1] is "passthrough" ? null : state.Nested(entry[1], $"transformers_[{i}]");
            if (estimator is not null && !estimator.Has(Method.Transform))
            {
                throw state.Fail($"transformers_[{i}] ({estimator.Name}) cannot transform");
            }

            state.RequireColumns(estimator, columns.Length, $"transformers_[{i}]");
            yield return new ColumnPart(columns, estimator, weight);
        }
    }
}
