using Flama.Pickle;

namespace Flama.Sklearn.Impute;

/// <summary>Replaces missing cells by regressions on the other columns, in the rounds and the order of training.</summary>
/// <remarks>
/// The start is a simple imputation; it is the answer where training made no round, and where every cell of the input is missing, which makes a row's answer
/// depend on the rows beside it. Results are cut to <c>min_value</c> and <c>max_value</c>. Samples from the posterior are random and refused at load.
/// Source: sklearn.impute._iterative, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class IterativeImputer : Transformer
{
    private readonly MissingMarker marker;
    private readonly Estimator start;
    private readonly ImputationStep[] steps;
    private readonly int[] kept;
    private readonly bool[] isImputed;
    private readonly int[] indicated;

    public IterativeImputer(EstimatorState state)
        : base(state)
    {
        marker = new MissingMarker(state);
        start = state.Estimator("initial_imputer_");
        FeatureCount ??= start.FeatureCount;
        if (start.FeatureCount != FeatureCount || FeatureCount is not { } features)
        {
            throw state.Fail($"it takes {FeatureCount} features and its initial imputer {start.FeatureCount}");
        }

        var keepsEmpty = state.Flag("keep_empty_features", false);
        var isEmpty = EmptyOf(state, features);
        kept = [.. Enumerable.Range(0, features).Where(feature => keepsEmpty || !isEmpty[feature])];
        isImputed = [.. kept.Select(feature => !isEmpty[feature])];
        indicated = IndicatorColumns.Read(state, features);
        if (start.Shape(Method.Transform, null).Width != kept.Length)
        {
            throw state.Fail("its initial imputer gives another number of columns than it has features");
        }

        steps = state.Integer("n_iter_") == 0 ? [] : [.. StepsOf(state, kept.Length)];
        if (steps.Length > 0 && state.Flag("sample_posterior", false))
        {
            throw state.Unsupported("sample_posterior=True");
        }
    }

    public override InputRule Input => marker.IsNaN ? InputRule.FloatsOrMissing : InputRule.Floats;

    public override bool IsRowwise => steps.Length == 0;

    public override IReadOnlyList<int>? OriginsOf(int columns) => IndicatorColumns.Origins(kept, indicated);

    public override int Width(int columns) => kept.Length + indicated.Length;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => start.Describe(columns, downstream);

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        start.Run(Method.Transform, input, output.Slice(0, kept.Length));
        using var scratch = new Scratch(steps.Length == 0 ? 0 : input.Rows * kept.Length);
        if (steps.Length > 0 && !IsAllMissing(input, scratch.Span))
        {
            foreach (var step in steps)
            {
                step.Apply(scratch.Span, output, kept.Length);
            }
        }

        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            for (var i = 0; i < indicated.Length; i++)
            {
                output[row, kept.Length + i] = marker.Matches(values[indicated[i]]) ? 1 : 0;
            }
        }
    }

    private static bool[] EmptyOf(EstimatorState state, int features)
    {
        var isEmpty = new bool[features];
        if (state.Has("_is_empty_feature"))
        {
            isEmpty = state.Array("_is_empty_feature").ToBooleans();
        }
        else
        {
            var statistics = state.Part(state.Required("initial_imputer_"), "initial_imputer_").Vector("statistics_", features);
            isEmpty = Array.ConvertAll(statistics, double.IsNaN);
        }

        return isEmpty.Length == features ? isEmpty : throw state.Fail($"it says which of {isEmpty.Length} features are empty and takes {features}");
    }

    private static IEnumerable<ImputationStep> StepsOf(EstimatorState state, int columns)
    {
        var lowest = state.Vector("_min_value");
        var highest = state.Vector("_max_value");
        if (lowest.Length < columns || highest.Length < columns)
        {
            throw state.Fail($"it has limits for {lowest.Length} and {highest.Length} features, expected {columns}");
        }

        var items = state.List("imputation_sequence_");
        for (var i = 0; i < items.Count; i++)
        {
            var parts = items[i] is PickleObject { Arguments.Count: 3 } triplet ? triplet.Arguments : items[i] as PickleTuple;
            if (parts is not { Count: 3 } || parts[0] is not (long and >= 0) || (long)parts[0]! >= columns)
            {
                throw state.Fail($"imputation_sequence_[{i}] is {PythonType.NameOf(items[i])}, expected a feature, its neighbors and an estimator");
            }

            var feature = (int)(long)parts[0]!;
            var neighbors = state.AsIntegers(parts[1], $"imputation_sequence_[{i}][1]");
            var estimator = state.Nested(parts[2], $"imputation_sequence_[{i}][2]");
            if (neighbors.Any(neighbor => neighbor < 0 || neighbor >= columns) || !estimator.Has(Method.Predict)
                || estimator.Shape(Method.Predict, null) is not { Width: 1, Kind: PredictionKind.Float or PredictionKind.Integer }
                || (estimator.FeatureCount is { } count && count != neighbors.Length))
            {
                throw state.Fail($"the estimator of imputation_sequence_[{i}] does not fit");
            }

            yield return new ImputationStep(feature, neighbors, estimator, lowest[feature], highest[feature]);
        }
    }

    // Fills the mask of what is to be imputed: 1 or 0 a kept cell.
    private bool IsAllMissing(FeatureBatch input, Span<double> mask)
    {
        var isAll = true;
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            for (var i = 0; i < kept.Length; i++)
            {
                var isMissing = isImputed[i] && marker.Matches(values[kept[i]]);
                mask[(row * kept.Length) + i] = isMissing ? 1 : 0;
                isAll &= isMissing;
            }
        }

        return isAll;
    }
}
