namespace Flama.Sklearn;

/// <summary>An estimator that predicts numbers.</summary>
internal abstract class Regressor(EstimatorState state) : Estimator(state)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Method> Methods => [Method.Predict];

    /// <summary>How many values a row gets; null for one value without a second dimension.</summary>
    protected virtual int? Outputs => null;

    /// <inheritdoc/>
    public override OutputShape Shape(Method method, FeatureBatch? input) => Outputs is { } outputs ? OutputShape.Numbers(outputs) : OutputShape.Number;

    /// <summary>Computes the values of all rows.</summary>
    protected abstract void Predict(FeatureBatch input, OutputSlice output);

    /// <inheritdoc/>
    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.Predict)
        {
            throw NoSuchMethod(method);
        }

        Predict(input, output);
    }
}
