using Flama.Sklearn.LinearModel;

namespace Flama.Sklearn.NaiveBayes;

/// <summary>
/// Naive Bayes on counts. Multinomial: X·feature_log_prob_ᵀ + class_log_prior_; complement: the same without the prior, which counts only where there is a single
/// class.
/// </summary>
/// <remarks>Missing values are refused. Source: sklearn.naive_bayes, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class DiscreteBayes : BayesClassifier
{
    private readonly LinearMap map;

    public DiscreteBayes(EstimatorState state)
        : base(state)
    {
        var logProbabilities = state.Matrix("feature_log_prob_");
        FeatureCount ??= logProbabilities.Columns;
        logProbabilities = state.Matrix("feature_log_prob_", Classes.Count, FeatureCount.Value);
        var usesPrior = state.ClassName != "ComplementNB" || Classes.Count == 1;
        map = new LinearMap(logProbabilities, usesPrior ? state.Vector("class_log_prior_", Classes.Count) : new double[Classes.Count]);
    }

    public override bool TakesSparse => true;

    protected override void JointLogLikelihood(FeatureBatch input, OutputSlice output) => map.Apply(input, output);
}
