namespace Flama.Sklearn.LinearModel;

/// <summary>The regressor that was trained on the rows that RANSAC held for inliers.</summary>
/// <remarks>
/// Rows are numbers; whether missing ones may come in is that regressor's matter. Source: sklearn.linear_model._ransac, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class RANSACRegressor(EstimatorState state)
    : DelegatingEstimator(state, state.Estimator("estimator_"), method => method == Method.Predict)
{
    private static readonly InputRule AnyNumbers = new(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    public override InputRule Input => AnyNumbers;
}
