namespace Flama.Sklearn.Ensemble;

/// <summary>The weighted mean of several regressors' predictions; <c>transform</c> gives them side by side.</summary>
/// <remarks>Source: sklearn.ensemble._voting, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class VotingRegressor : EnsembleRegressor
{
    private static readonly Method[] All = [Method.Predict, Method.Transform];

    private readonly MemberMethod[] voters;
    private readonly double[] weights;
    private readonly double total;

    public VotingRegressor(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"))
    {
        voters = [.. Members.Members.Select(member => new MemberMethod(state, member, Method.Predict).WithWidth(state, 1))];
        weights = MemberWeights.Read(state, voters.Length);
        total = weights.Sum();
    }

    public override IReadOnlyList<Method> Methods => All;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Transform ? OutputShape.Numbers(voters.Length) : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Transform)
        {
            Transform(input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * voters.Length);
        var values = new OutputSlice(scratch.Span, voters.Length);
        Transform(input, values);
        for (var row = 0; row < output.Rows; row++)
        {
            var sum = 0.0;
            for (var i = 0; i < voters.Length; i++)
            {
                sum += weights[i] * values[row, i];
            }

            output[row, 0] = sum / total;
        }
    }

    private void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var i = 0; i < voters.Length; i++)
        {
            voters[i].Run(input, output.Slice(i, 1));
        }
    }
}
