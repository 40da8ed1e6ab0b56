namespace Flama.Sklearn.Preprocessing;

/// <summary>Scales each column to a range: x · scale_ + min_, clipped to the range where <c>clip</c> says so (since 0.24).</summary>
/// <remarks>Missing values stay missing; infinite ones are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class MinMaxScaler : ColumnScaler
{
    private readonly double[] scale;
    private readonly double[] offset;
    private readonly (double Low, double High)? clip;

    public MinMaxScaler(EstimatorState state)
        : base(state)
    {
        scale = state.Vector("scale_");
        FeatureCount ??= scale.Length;
        scale = state.Vector("scale_", FeatureCount.Value);
        offset = state.Vector("min_", scale.Length);
        if (state.Flag("clip", false))
        {
            var range = state.Vector("feature_range", 2);
            clip = (range[0], range[1]);
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
                original[i] = (values[i] - offset[i]) / scale[i];
            }
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var scaled = output.Row(row);
            for (var i = 0; i < scaled.Length; i++)
            {
                var value = (values[i] * scale[i]) + offset[i];
                scaled[i] = clip is { } range ? Math.Min(Math.Max(value, range.Low), range.High) : value;
            }
        }
    }
}
