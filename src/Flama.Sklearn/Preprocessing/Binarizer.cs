namespace Flama.Sklearn.Preprocessing;

/// <summary>1 where a value is above the threshold, else 0.</summary>
/// <remarks>Missing and infinite values are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class Binarizer(EstimatorState state) : Transformer(state)
{
    private readonly double threshold = state.Number("threshold", 0);

    public override InputRule Input => InputRule.Numbers;

    public override bool TakesSparse => threshold >= 0;

    public override bool KeepsSparse => TakesSparse;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var binary = output.Row(row);
            for (var i = 0; i < binary.Length; i++)
            {
                binary[i] = values[i] > threshold ? 1 : 0;
            }
        }
    }

    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = value > threshold ? 1 : 0;
        }
    }
}
