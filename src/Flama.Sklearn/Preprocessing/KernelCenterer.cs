namespace Flama.Sklearn.Preprocessing;

/// <summary>Centres rows of a kernel matrix as if their points had been centred in the kernel's space: K − K_fit_rows_ − mean(row) + K_fit_all_.</summary>
/// <remarks>Missing and infinite values are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class KernelCenterer : Transformer
{
    private readonly double[] rows;
    private readonly double all;

    public KernelCenterer(EstimatorState state)
        : base(state)
    {
        rows = FeatureCount is { } features ? state.Vector("K_fit_rows_", features) : state.Vector("K_fit_rows_");
        FeatureCount = rows.Length;
        all = state.Number("K_fit_all_");
    }

    public override InputRule Input => InputRule.Floats;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            var mean = sum / rows.Length;
            var centered = output.Row(row);
            for (var i = 0; i < centered.Length; i++)
            {
                centered[i] = values[i] - rows[i] - mean + all;
            }
        }
    }
}
