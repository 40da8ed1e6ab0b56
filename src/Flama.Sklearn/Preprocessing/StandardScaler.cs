namespace Flama.Sklearn.Preprocessing;

/// <summary>Centres and scales each column: (x − mean_) / scale_, either part left out by <c>with_mean</c> and <c>with_std</c>.</summary>
/// <remarks>Missing values stay missing; infinite ones are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class StandardScaler : ColumnScaler
{
    private readonly double[]? mean;
    private readonly double[]? scale;

    public StandardScaler(EstimatorState state)
        : base(state)
    {
        mean = state.Flag("with_mean", true) ? state.Vector("mean_") : null;
        scale = state.Flag("with_std", true) ? state.Vector("scale_") : null;
        FeatureCount ??= mean?.Length ?? scale?.Length;
        if ((mean is not null && mean.Length != FeatureCount) || (scale is not null && scale.Length != FeatureCount))
        {
            throw state.Fail($"its mean_ and scale_ do not have {FeatureCount} values");
        }
    }

    public override bool TakesSparse => mean is null;

    public override bool KeepsSparse => mean is null;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; mean is not null && i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(Math.Round(mean[i], 2)));
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
                original[i] = mean is null ? value : value + mean[i];
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
                var value = values[i];
                if (mean is not null)
                {
                    value -= mean[i];
                }

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
}
