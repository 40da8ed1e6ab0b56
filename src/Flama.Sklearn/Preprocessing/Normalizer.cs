using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Divides each row by its norm: l1, l2 or the largest absolute value.</summary>
/// <remarks>
/// A row whose norm is zero stays as it is; since 1.0 so does a dense row whose norm is nearly zero (below ten times the float64 epsilon).
/// Missing and infinite values are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class Normalizer : Transformer
{
    private readonly RowNormKind norm;
    private readonly bool ignoresTiny;

    public Normalizer(EstimatorState state)
        : base(state)
    {
        norm = RowNorm.Read(state, "norm") ?? throw state.Fail("its norm is None");
        ignoresTiny = state.Version.IsAtLeast(1, 0);
    }

    public override InputRule Input => InputRule.Numbers;

    public override bool TakesSparse => true;

    public override bool KeepsSparse => true;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = output.Row(row);
            input.Row(row).CopyTo(values);
            RowNorm.Apply(values, norm, ignoresTiny);
        }
    }

    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values) => RowNorm.Apply(values, norm);
}
