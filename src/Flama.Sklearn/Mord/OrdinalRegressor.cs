using System.Numerics.Tensors;

namespace Flama.Sklearn.Mord;

/// <summary>A linear model of ordinal labels: its value rounded to a whole number between 0 and the largest label.</summary>
/// <remarks>OrdinalRidge and LAD. Source: mord.regression_based, checked against 0.7.</remarks>
internal sealed class OrdinalRegressor : Regressor
{
    private readonly double[] coefficients;
    private readonly double intercept;
    private readonly double largest;

    public OrdinalRegressor(EstimatorState state)
        : base(state)
    {
        coefficients = state.Vector("coef_");
        intercept = state.Number("intercept_");
        FeatureCount = coefficients.Length;
        var labels = state.Vector("unique_y_");
        largest = labels.Length == 0 ? throw state.Fail("it has no labels") : labels.Max();
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = Math.Min(Math.Max(Math.Round(TensorPrimitives.Dot(input.Row(row), coefficients) + intercept), 0), largest);
        }
    }
}
