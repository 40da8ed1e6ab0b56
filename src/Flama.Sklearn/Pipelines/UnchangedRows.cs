namespace Flama.Sklearn.Pipelines;

/// <summary>What a pipeline does whose steps are all 'passthrough' or None: rows come out as they went in, strings too, and go back so.</summary>
/// <remarks>Source: sklearn.pipeline, checked against 1.2.</remarks>
internal sealed class UnchangedRows(EstimatorState state) : Transformer(state)
{
    public override InputRule Input => InputRule.Anything;

    public override IReadOnlyList<int>? OriginsOf(int columns) => [.. Enumerable.Range(0, columns)];

    protected override bool HasInverse => true;

    public override InputRule InputOf(Method method) => Input;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        new(input is { IsNumeric: false } ? PredictionKind.Mixed : PredictionKind.Float, input?.Columns ?? FeatureCount ?? 0);

    public override bool GivesText(FeatureBatch? input) => input is { IsNumeric: false };

    public override bool TakesMissing(bool downstream) => downstream;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var column in columns)
        {
            column.UseAsIs(downstream);
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            input.Row(row).CopyTo(output.Row(row));
            for (var i = 0; i < input.Columns && !input.IsNumeric; i++)
            {
                output.SetText(row, i, input.TextAt(row, i));
            }
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output) => Transform(input, output);
}
