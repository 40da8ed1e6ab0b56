namespace Flama.Sklearn.Preprocessing;

/// <summary>Centres and scales each column: (x − centre) / scale, either part left out by parameters. Missing values stay missing; infinite ones are refused.</summary>
internal abstract class CenteringScaler : ColumnScaler
{
    private readonly double[]? center;
    private readonly double[]? scale;

    /// <summary>Reads the columns' numbers.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="centering">The parameter that switches centring, and the attribute with the centres.</param>
    /// <param name="scaling">The parameter that switches scaling; the scales are <c>scale_</c>.</param>
    protected CenteringScaler(EstimatorState state, (string Parameter, string Attribute) centering, string scaling)
        : base(state)
    {
        center = state.Flag(centering.Parameter, true) ? state.Vector(centering.Attribute) : null;
        scale = state.Flag(scaling, true) ? state.Vector("scale_") : null;
        FeatureCount ??= center?.Length ?? scale?.Length;
        if ((center is not null && center.Length != FeatureCount) || (scale is not null && scale.Length != FeatureCount))
        {
            throw state.Fail($"its {centering.Attribute} and scale_ do not have {FeatureCount} values");
        }
    }

    /// <inheritdoc/>
    public override bool TakesSparse => center is null;

    /// <inheritdoc/>
    public override bool KeepsSparse => center is null;

    /// <inheritdoc/>
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; center is not null && i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(Math.Round(center[i], 2)));
        }
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values)
    {
        for (var i = 0; scale is not null && i < values.Length; i++)
        {
            values[i] /= scale[columns[i]];
        }
    }

    /// <inheritdoc/>
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
