namespace Flama.Sklearn.Preprocessing;

/// <summary>Scales each column by its largest absolute value in training: x / scale_, clipped to ±1 where <c>clip</c> says so (since 1.9).</summary>
/// <remarks>
/// Missing values stay missing; infinite ones are refused; zeros stay zeros, so sparse rows stay sparse. Source: sklearn.preprocessing._data,
/// checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class MaxAbsScaler : ColumnScaler
{
    private readonly double[] scale;
    private readonly bool clips;

    public MaxAbsScaler(EstimatorState state)
        : base(state)
    {
        scale = FeatureCount is { } features ? state.Vector("scale_", features) : state.Vector("scale_");
        FeatureCount = scale.Length;
        clips = state.Flag("clip", false);
    }

    public override bool TakesSparse => true;

    public override bool KeepsSparse => true;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var scaled = output.Row(row);
            for (var i = 0; i < scaled.Length; i++)
            {
                scaled[i] = Clip(values[i] / scale[i]);
            }
        }
    }

    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Clip(values[i] / scale[columns[i]]);
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var original = output.Row(row);
            for (var i = 0; i < original.Length; i++)
            {
                original[i] = values[i] * scale[i];
            }
        }
    }

    private double Clip(double value) => clips ? Math.Min(Math.Max(value, -1), 1) : value;
}
