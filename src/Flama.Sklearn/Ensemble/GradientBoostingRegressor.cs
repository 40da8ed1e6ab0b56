namespace Flama.Sklearn.Ensemble;

/// <summary>Gradient boosting of trees: the start plus learning rate times the sum of the trees' values; the loss matters in training only.</summary>
/// <remarks>
/// Cells are rounded to float32; missing values are refused. Source: sklearn.ensemble._gb, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class GradientBoostingRegressor : Regressor
{
    private static readonly Method[] All = [Method.Predict, Method.Apply];

    private readonly BoostedTrees boosted;

    public GradientBoostingRegressor(EstimatorState state)
        : base(state)
    {
        var features = FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        boosted = new BoostedTrees(state, features, 1, BoostingStart.Read(state, BoostingLink.Identity, 1));
    }

    public override InputRule Input => InputRule.Floats32;

    public override IReadOnlyList<Method> Methods => All;

    public override bool TakesSparse => boosted.TakesSparse;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Apply ? OutputShape.Numbers(boosted.Rounds) : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Apply)
        {
            boosted.Apply(input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Predict(FeatureBatch input, OutputSlice output) => boosted.Score(input, output);
}
