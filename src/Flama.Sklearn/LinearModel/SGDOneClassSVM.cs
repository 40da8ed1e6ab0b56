namespace Flama.Sklearn.LinearModel;

/// <summary>Linear one-class machine: decision X·coef_ − offset_, inliers (1) from 0 on, outliers (−1) below; the score is X·coef_.</summary>
/// <remarks>Missing values are refused. Source: sklearn.linear_model._stochastic_gradient, checked against 1.2, 1.4 and 1.9.</remarks>
internal sealed class SGDOneClassSVM : Estimator
{
    private static readonly Method[] All = [Method.Predict, Method.DecisionFunction, Method.ScoreSamples];

    private readonly LinearMap map;
    private readonly double offset;

    public SGDOneClassSVM(EstimatorState state)
        : base(state)
    {
        var coefficients = state.Matrix("coef_");
        if (coefficients.Rows != 1 || (FeatureCount is { } features && features != coefficients.Columns))
        {
            throw state.Fail($"its attribute 'coef_' has shape ({coefficients.Rows}, {coefficients.Columns}), expected one row of {FeatureCount} columns");
        }

        offset = state.Broadcast("offset_", 1)[0];
        map = new LinearMap(coefficients, [-offset]);
        FeatureCount = map.Inputs;
    }

    public override IReadOnlyList<Method> Methods => All;

    public override bool TakesSparse => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Predict ? OutputShape.Integer : OutputShape.Number;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        map.Apply(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = method switch
            {
                Method.Predict => output[row, 0] >= 0 ? 1 : -1,
                Method.ScoreSamples => output[row, 0] + offset,
                _ => output[row, 0],
            };
        }
    }
}
