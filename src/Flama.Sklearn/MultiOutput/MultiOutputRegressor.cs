namespace Flama.Sklearn.MultiOutput;

/// <summary>One regressor an output, side by side.</summary>
/// <remarks>What rows look like is the regressors' matter. Source: sklearn.multioutput, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class MultiOutputRegressor : MetaEstimator
{
    private static readonly Method[] All = [Method.Predict];

    private readonly BinaryScorer[] outputs;

    public MultiOutputRegressor(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"))
    {
        outputs = [.. Group.Members.Select(member => new BinaryScorer(state, member, Method.Predict))];
    }

    public override IReadOnlyList<Method> Methods => All;

    public override OutputShape Shape(Method method, FeatureBatch? input) => OutputShape.Numbers(outputs.Length);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i].Score(input, output.Slice(i, 1));
        }
    }
}
