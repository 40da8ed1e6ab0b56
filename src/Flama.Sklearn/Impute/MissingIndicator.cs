using Flama.Json;

namespace Flama.Sklearn.Impute;

/// <summary>For each feature, or each that had missing values in training, whether the cell is missing.</summary>
/// <remarks>
/// A missing value in a feature that had none in training is an error unless <c>error_on_new</c> is off or all features are told. What counts as missing is
/// <c>missing_values</c>; other missing values are refused. Source: sklearn.impute._base, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class MissingIndicator : Transformer
{
    private readonly MissingMarker marker;
    private readonly int[] features;
    private readonly bool[] refusesMissing;

    public MissingIndicator(EstimatorState state)
        : base(state)
    {
        marker = new MissingMarker(state);
        FeatureCount ??= state.Integer("_n_features");
        features = state.Integers("features_");
        if (features.Any(feature => feature < 0 || feature >= FeatureCount))
        {
            throw state.Fail($"its features_ name a feature beyond the {FeatureCount} that it takes");
        }

        refusesMissing = new bool[FeatureCount.Value];
        refusesMissing.AsSpan().Fill(state.Choice("features", "missing-only", "all") == "missing-only" && state.Flag("error_on_new", true));
        foreach (var feature in features)
        {
            refusesMissing[feature] = false;
        }
    }

    public override InputRule Input => InputRule.Anything;

    protected override PredictionKind NumberKind => PredictionKind.Boolean;

    public override int Width(int columns) => features.Length;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].UseAsCategory(takesMissing: !refusesMissing[i] && (marker.IsNaN || marker.IsNone));
        }
    }

    public override bool TakesMissing(bool downstream) => marker.IsNaN || marker.IsNone;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var texts = input.TextRow(row);
            for (var i = 0; i < numbers.Length; i++)
            {
                Check(input, row, i, texts.IsEmpty ? null : texts[i], numbers[i]);
            }

            var target = output.Row(row);
            for (var i = 0; i < features.Length; i++)
            {
                target[i] = IsMissing(texts.IsEmpty ? null : texts[features[i]], numbers[features[i]]) ? 1 : 0;
            }
        }
    }

    private bool IsMissing(string? text, double number) => marker.Matches(text, number);

    private void Check(FeatureBatch input, int row, int column, string? text, double number)
    {
        var isMissing = IsMissing(text, number);
        if (isMissing && refusesMissing[column])
        {
            throw InputCheck.CellProblem(this, input, row, column, ProblemTypes.MissingValue, "the value is missing, and training had none missing here");
        }

        if (text is null && !isMissing && !double.IsFinite(number))
        {
            throw InputCheck.CellProblem(
                this, input, row, column, double.IsNaN(number) ? ProblemTypes.MissingValue : ProblemTypes.Infinity,
                $"the value is {(double.IsNaN(number) ? "missing, and something else counts as missing here" : "infinite")} ({Name})");
        }
    }
}
