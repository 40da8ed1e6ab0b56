namespace Flama.Sklearn;

/// <summary>An estimator that has results for the rows of its training only: scikit-learn gives it no method for new rows.</summary>
/// <remarks>It loads, tells its parameters, and has no methods.</remarks>
/// <param name="state">The attributes.</param>
internal sealed class TrainingOnlyEstimator(EstimatorState state) : Estimator(state)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Method> Methods => [];

    /// <inheritdoc/>
    public override OutputShape Shape(Method method, FeatureBatch? input) => throw NoSuchMethod(method);

    /// <inheritdoc/>
    protected override void Compute(Method method, FeatureBatch input, OutputSlice output) => throw NoSuchMethod(method);
}
