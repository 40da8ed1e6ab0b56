namespace Flama.Sklearn.Ensemble;

/// <summary>AdaBoost.R2: the weighted median of the members' predictions, the first in order at which half of all weight is reached.</summary>
/// <remarks>Missing values are refused. Source: sklearn.ensemble._weight_boosting, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class AdaBoostRegressor : EnsembleRegressor
{
    private readonly MemberMethod[] methods;
    private readonly double[] weights;

    public AdaBoostRegressor(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"))
    {
        methods = [.. Members.Members.Select(member => new MemberMethod(state, member, Method.Predict).WithWidth(state, 1))];
        Input = AdaBoostRule.For(methods[0].Estimator);
        weights = AdaBoostRule.Weights(state, methods.Length);
    }

    public override InputRule Input { get; }

    public override bool SelectsByName => false;

    public override int? ColumnsOf(Method method) => FeatureCount;

    public override bool TakesMissing(bool downstream) => false;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        var members = methods.Length;
        using var scratch = new Scratch((input.Rows * members) + members);
        var predictions = new OutputSlice(scratch.Span[..(input.Rows * members)], members);
        var sorted = scratch.Span[(input.Rows * members)..];
        for (var i = 0; i < members; i++)
        {
            methods[i].Run(input, predictions.Slice(i, 1));
        }

        for (var row = 0; row < output.Rows; row++)
        {
            weights.AsSpan(0, members).CopyTo(sorted);
            var values = predictions.Row(row);
            values.Sort(sorted);
            output[row, 0] = values[MedianOf(sorted)];
        }
    }

    private static int MedianOf(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (sum >= 0.5 * total)
            {
                return i;
            }
        }

        return 0;
    }
}
