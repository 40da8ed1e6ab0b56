using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Interpret;

/// <summary>An additive model of binned features and pairs of them, for classes.</summary>
/// <remarks>Two classes have one score, the logit of the second; more have one each. Source: interpret.glassbox, checked against 0.7.8.</remarks>
internal sealed class ExplainableBoostingClassifier : Classifier
{
    private readonly EbmScores scores;

    public ExplainableBoostingClassifier(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        scores = new EbmScores(state);
        FeatureCount = scores.Features;
        if (state.Choice("link_", "logit", "mlogit", "vlogit", "monoclassification") is not ("logit" or "mlogit") || scores.Count != (Classes.Count == 2 ? 1 : Classes.Count))
        {
            throw state.Unsupported($"link_='{state.Text("link_")}' with {Classes.Count} classes and {scores.Count} scores");
        }
    }

    public override InputRule Input => InputRule.Anything;

    public override bool SelectsByName => FeatureNames is not null;

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => scores.Describe(columns);

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var target = output.Row(row);
            if (scores.Count == 1)
            {
                scores.Score(input, row, target[1..]);
                target[1] = Expit.Of(target[1]);
                target[0] = 1 - target[1];
            }
            else
            {
                scores.Score(input, row, target);
                Softmax(target);
            }
        }
    }

    private static void Softmax(Span<double> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        var sum = 0.0;
        foreach (ref var value in values)
        {
            value = Math.Exp(value - largest);
            sum += value;
        }

        foreach (ref var value in values)
        {
            value /= sum;
        }
    }
}
