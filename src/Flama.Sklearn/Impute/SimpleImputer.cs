using Flama.Json;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Impute;

/// <summary>Replaces missing cells of each column by one value: mean, median, most frequent, or a constant.</summary>
/// <remarks>
/// A column that had no value in training is dropped, unless <c>keep_empty_features</c> is set (since 1.2) or, up to 1.7, the strategy is 'constant'; since 1.8 so is one that a
/// constant NaN would fill. Columns of strings keep strings; JSON's null is replaced where <c>missing_values</c> is NaN or None. With an indicator, one column
/// of 0 or 1 follows for each feature that had missing values in training.
/// Source: sklearn.impute._base, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SimpleImputer : Transformer
{
    private readonly Scalar[] statistics;
    private readonly MissingMarker marker;
    private readonly int[] kept;
    private readonly int[] indicated;
    private readonly bool hasText;
    private readonly bool isConstant;

    public SimpleImputer(EstimatorState state)
        : base(state)
    {
        var strategy = state.Choice("strategy", "mean", "median", "most_frequent", "constant");
        isConstant = strategy == "constant";
        statistics = state.AsScalars(state.Required("statistics_"), "statistics_");
        marker = new MissingMarker(state);
        FeatureCount ??= statistics.Length;
        if (FeatureCount != statistics.Length)
        {
            throw state.Fail($"it has {statistics.Length} statistics and takes {FeatureCount} features");
        }

        // Since 1.8 a constant is kept as an object whatever it was trained on.
        hasText = strategy is "most_frequent" or "constant"
            && state.Value("statistics_") is NdArray { Type.Kind: DTypeKind.Object or DTypeKind.Text }
            && state.Value(state.FirstOf("_fit_dtype", "_fill_dtype")) is not DType { Kind: not (DTypeKind.Object or DTypeKind.Text) };
        Input = hasText
            ? InputRule.Anything
            : new InputRule(TakesMissing: marker.IsNaN || marker.IsNone, TakesInfinity: false, ParsesText: true);
        var keepsAll = state.Flag("keep_empty_features", false) || (isConstant && !state.Version.IsAtLeast(1, 8));
        kept = [.. Enumerable.Range(0, statistics.Length).Where(i => keepsAll || !IsEmpty(statistics[i]))];
        indicated = IndicatorColumns.Read(state, statistics.Length);
        HasInverse = indicated.Length > 0 && !hasText && state.Version.IsAtLeast(0, 24);
    }

    public override InputRule Input { get; }

    public override IReadOnlyList<int>? OriginsOf(int columns) => IndicatorColumns.Origins(kept, indicated);

    protected override bool HasInverse { get; }

    public override int Width(int columns) => kept.Length + indicated.Length;

    public override bool GivesText(FeatureBatch? input) => hasText;

    public override bool TakesMissing(bool downstream) => hasText || Input.TakesMissing;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (hasText)
            {
                columns[i].UseAsCategory(takesMissing: true);
                if (isConstant)
                {
                    columns[i].FillWith(statistics[i]);
                }
                else
                {
                    columns[i].Learn([statistics[i]]);
                }
            }
            else
            {
                columns[i].UseAsNumber(parsesText: true, TakesMissing(downstream));
                columns[i].OfferExample(statistics[i]);
            }
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var texts = input.TextRow(row);
            for (var i = 0; i < kept.Length; i++)
            {
                var column = kept[i];
                var text = texts.IsEmpty ? null : texts[column];
                var isMissing = IsMissing(text, numbers[column]);
                if (hasText && !marker.IsNaN && text is null && double.IsNaN(numbers[column]) && !FeatureBatch.IsNull(numbers[column]))
                {
                    throw InputCheck.CellProblem(
                        this, input, row, column, ProblemTypes.MissingValue, $"the value is NaN, and something else counts as missing here ({Name})");
                }

                output[row, i] = isMissing ? Filling(column) : numbers[column];
                if (hasText)
                {
                    output.SetText(row, i, isMissing ? statistics[column].Text : text);
                }
            }

            for (var i = 0; i < indicated.Length; i++)
            {
                var column = indicated[i];
                output[row, kept.Length + i] = IsMissing(texts.IsEmpty ? null : texts[column], numbers[column]) ? 1 : 0;
            }
        }
    }

    // Cells that the indicator marks become missing again; columns that had no value in training stay 0.
    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var original = output.Row(row);
            original.Clear();
            for (var i = 0; i < kept.Length; i++)
            {
                original[kept[i]] = values[i];
            }

            for (var i = 0; i < indicated.Length; i++)
            {
                if (values[kept.Length + i] != 0)
                {
                    original[indicated[i]] = marker.Number;
                }
            }
        }
    }

    private static bool IsEmpty(Scalar statistic) => statistic.Kind == ScalarKind.Float && double.IsNaN(statistic.Number);

    private bool IsMissing(string? text, double number) => hasText ? marker.Matches(text, number) : marker.Matches(number);

    // None as a statistic (a column of None with strategy constant) stays None.
    private double Filling(int column) => statistics[column].Kind == ScalarKind.Null ? FeatureBatch.Null : statistics[column].Number;
}
