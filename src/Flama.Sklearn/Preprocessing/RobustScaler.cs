namespace Flama.Sklearn.Preprocessing;

/// <summary>Centres each column on its median and scales it by a range of quantiles: (x − center_) / scale_, either part left out by parameters.</summary>
/// <remarks>Missing values stay missing; infinite ones are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class RobustScaler : ColumnScaler
{
    private readonly double[]? center;
    private readonly double[]? scale;

    public RobustScaler(EstimatorState state)
        : base(state)
    {
        center = state.Flag("with_centering", true) ? state.Vector("center_") : null;
        scale = state.Flag("with_scaling", true) ? state.Vector("scale_") : null;
        FeatureCount ??= center?.Length ?? scale?.Length;
        if ((center is not null && center.Length != FeatureCount) || (scale is not null && scale.Length != FeatureCount))
        {
            throw state.Fail($"its center_ and scale_ do not have {FeatureCount} values");
        }
    }

    public override bool TakesSparse => center is null;

    public override bool KeepsSparse => center is null;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; center is not null && i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(center[i]));
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
                var value = center is null ? values[i] : values[i] - center[i];
                scaled[i] = scale is null ? value : value / scale[i];
            }
        }
    }

    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values)
    {
        for (var i = 0; scale is not null && i < values.Length; i++)
        {
            values[i] /= scale[columns[i]];
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
                var value = scale is null ? values[i] : values[i] * scale[i];
                original[i] = center is null ? value : value + center[i];
            }
        }
    }
}
