namespace Flama.Sklearn.Ensemble;

/// <summary>Histogram gradient boosting: a constant plus the sum of the trees' values, or e to that for the losses 'poisson' and 'gamma'.</summary>
/// <remarks>
/// Missing values go where training sent them, infinities are numbers; text columns can be categories since 1.4. Source:
/// sklearn.ensemble._hist_gradient_boosting, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class HistGradientBoostingRegressor : Regressor
{
    private readonly HistModel model;
    private readonly bool isExponential;

    public HistGradientBoostingRegressor(EstimatorState state)
        : base(state)
    {
        var loss = state.Choice(
            "loss", "squared_error", "least_squares", "absolute_error", "least_absolute_deviation", "poisson", "gamma", "quantile");
        isExponential = loss is "poisson" or "gamma";
        model = new HistModel(state, this, 1);
    }

    public override InputRule Input => model.Input;

    public override bool SelectsByName => model.SelectsByName && FeatureNames is not null;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => model.Describe(columns);

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        model.Score(input, output);
        for (var row = 0; isExponential && row < output.Rows; row++)
        {
            output[row, 0] = Math.Exp(output[row, 0]);
        }
    }
}
