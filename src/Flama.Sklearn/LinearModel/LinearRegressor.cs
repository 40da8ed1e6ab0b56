using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.LinearModel;

/// <summary>
/// Every regressor whose prediction is X·coef_ᵀ + intercept_: LinearRegression, Ridge and their kin.
/// </summary>
/// <remarks>
/// <c>coef_</c> is (d,) or (t, d), which decides between one value a row and a row of t values; missing values are refused.
/// Source: sklearn.linear_model, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LinearRegressor : Regressor
{
    private readonly AffineMap map;

    public LinearRegressor(EstimatorState state)
        : base(state)
    {
        map = LinearMap.Read(state, FeatureCount);
        FeatureCount = map.Inputs;
        Outputs = state.Value("coef_") is NdArray { Shape.Count: 2 } ? map.Outputs : null;
    }

    protected override int? Outputs { get; }

    protected override void Predict(FeatureBatch input, OutputSlice output) => map.Apply(input.Numbers, output);
}
