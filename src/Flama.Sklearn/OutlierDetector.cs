namespace Flama.Sklearn;

/// <summary>An estimator that tells usual rows from unusual ones: <c>predict</c> gives 1 or −1, the latter where <c>decision_function</c> is below 0.</summary>
/// <remarks><c>decision_function</c> is <c>score_samples</c> minus the offset that training found.</remarks>
/// <param name="state">The attributes.</param>
internal abstract class OutlierDetector(EstimatorState state) : Estimator(state)
{
    private static readonly Method[] All = [Method.Predict, Method.DecisionFunction, Method.ScoreSamples];

    private readonly double offset = state.Number("offset_");

    /// <inheritdoc/>
    public override IReadOnlyList<Method> Methods => All;

    /// <inheritdoc/>
    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Predict ? OutputShape.Integer : OutputShape.Number;

    /// <summary>Computes <c>score_samples</c>: the lower, the more unusual.</summary>
    protected abstract void Score(FeatureBatch input, OutputSlice output);

    /// <inheritdoc/>
    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method is not (Method.Predict or Method.DecisionFunction or Method.ScoreSamples))
        {
            throw NoSuchMethod(method);
        }

        Score(input, output);
        for (var row = 0; method != Method.ScoreSamples && row < output.Rows; row++)
        {
            var decision = output[row, 0] - offset;
            output[row, 0] = method == Method.DecisionFunction ? decision : decision < 0 ? -1 : 1;
        }
    }
}
