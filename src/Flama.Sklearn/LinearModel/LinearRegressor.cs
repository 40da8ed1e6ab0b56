using Flama.Pickle.Numpy;

namespace Flama.Sklearn.LinearModel;

/// <summary>
/// Every regressor whose prediction is X·coef_ᵀ + intercept_: least squares, ridge, lasso, elastic net, least angles, Huber, Theil–Sen, quantile,
/// stochastic gradient descent and their kin.
/// </summary>
/// <remarks>
/// <c>coef_</c> is (d,) or (t, d), which decides between one value per row and a row of t values; missing values are refused.
/// Source: sklearn.linear_model and LinearSVR of sklearn.svm, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal class LinearRegressor : Regressor
{
    public LinearRegressor(EstimatorState state)
        : base(state)
    {
        Map = LinearMap.Read(state, FeatureCount);
        FeatureCount = Map.Inputs;
        Outputs = state.Value("coef_") is NdArray { Shape.Count: 2 } ? Map.Outputs : null;
    }

    public override bool TakesSparse => true;

    protected LinearMap Map { get; }

    protected override int? Outputs { get; }

    protected override void Predict(FeatureBatch input, OutputSlice output) => Map.Apply(input, output);
}
