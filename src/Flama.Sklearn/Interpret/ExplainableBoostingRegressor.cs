using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Interpret;

/// <summary>An additive model of binned features and pairs of them, for numbers.</summary>
/// <remarks>Source: interpret.glassbox, checked against 0.7.8 with the links identity and log.</remarks>
internal sealed class ExplainableBoostingRegressor : Regressor
{
    private readonly EbmScores scores;
    private readonly Func<double, double> inverse;

    public ExplainableBoostingRegressor(EstimatorState state)
        : base(state)
    {
        scores = new EbmScores(state);
        FeatureCount = scores.Features;
        inverse = state.Choice("link_", "identity", "log", "logit", "sqrt") switch
        {
            "log" => Math.Exp,
            "logit" => Expit.Of,
            "sqrt" => x => x * x,
            _ => x => x,
        };
        if (scores.Count != 1)
        {
            throw state.Fail($"it has {scores.Count} intercepts, expected one");
        }
    }

    public override InputRule Input => InputRule.Anything;

    public override bool SelectsByName => FeatureNames is not null;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => scores.Describe(columns);

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            scores.Score(input, row, output.Row(row));
            output[row, 0] = inverse(output[row, 0]);
        }
    }
}
