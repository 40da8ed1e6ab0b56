namespace Flama.Sklearn.Ensemble;

/// <summary>The weighted mean of several regressors' predictions; <c>transform</c> gives them side by side.</summary>
/// <remarks>Source: sklearn.ensemble._voting, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class VotingRegressor : EnsembleRegressor
{
    private static readonly Method[] All = [Method.Predict, Method.Transform];

    private readonly MemberMethod[] voters;
    private readonly double[] weights;
    private readonly double total;
    private readonly bool isFloat32;

    public VotingRegressor(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"))
    {
        voters = [.. Members.Members.Select(member => new MemberMethod(state, member, Method.Predict).WithWidth(state, 1))];
        weights = MemberWeights.Read(state, voters.Length);
        total = weights.Sum();

        // Weights are float64.
        isFloat32 = state.Value("weights") is null && Array.TrueForAll(voters, voter => voter.GivesFloat32);
    }

    public override IReadOnlyList<Method> Methods => All;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Transform ? OutputShape.Numbers(voters.Length) : base.Shape(method, input);

    /// <inheritdoc/>
    public override bool GivesFloat32(Method method) => isFloat32;

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
                sum = isFloat32 ? (float)sum : sum;
            }

            output[row, 0] = isFloat32 ? (float)(sum / total) : sum / total;
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
