namespace Flama.Sklearn.Dummy;

/// <summary>A regressor that does not look at the features: always the mean, median, quantile or constant that training found, one per output.</summary>
/// <remarks>Takes any number of columns and any cells. Source: sklearn.dummy, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class DummyRegressor : Regressor
{
    private readonly double[] constant;

    public DummyRegressor(EstimatorState state)
        : base(state)
    {
        FeatureCount = null;
        FeatureNames = null;
        constant = state.Vector("constant_");
        if (constant.Length == 0)
        {
            throw state.Fail("its attribute 'constant_' is empty");
        }
    }

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => true;

    protected override int? Outputs => constant.Length == 1 ? null : constant.Length;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            constant.CopyTo(output.Row(row));
        }
    }
}
