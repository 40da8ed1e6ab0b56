using Flama.Json;

namespace Flama.Sklearn.Isotonic;

/// <summary>Isotonic regression of one feature: linear interpolation between the points that training kept; <c>transform</c> is the same as <c>predict</c>.</summary>
/// <remarks>
/// Values beyond the points give NaN, the nearest point's height or an error, as <c>out_of_bounds</c> says. Missing values are refused, strings are read as numbers.
/// Source: sklearn.isotonic, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class IsotonicRegression : Estimator
{
    private static readonly Method[] All = [Method.Predict, Method.Transform];

    private readonly IsotonicCurve curve;

    public IsotonicRegression(EstimatorState state)
        : base(state)
    {
        curve = new IsotonicCurve(state);
        FeatureCount = 1;
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => InputRule.Floats;

    public override OutputShape Shape(Method method, FeatureBatch? input) => OutputShape.Number;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var value = input.Row(row)[0];
            if (curve.OutOfBounds == "raise" && curve.IsBeyond(value))
            {
                throw InputCheck.CellProblem(this, input, row, 0, ProblemTypes.NumberRange, $"{Scalar.Of(value)} lies beyond the values that {Name} was trained with");
            }

            output[row, 0] = curve.At(value);
        }
    }
}
