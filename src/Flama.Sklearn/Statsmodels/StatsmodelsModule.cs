namespace Flama.Sklearn.Statsmodels;

/// <summary>The results of <c>statsmodels</c>, as <c>results.save</c> and pickle write them.</summary>
internal static class StatsmodelsModule
{
    private const string Discrete = "statsmodels.discrete.discrete_model";

    public static readonly EstimatorEntry[] Entries =
    [
        new("BinaryResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("CountResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("GLMResultsWrapper", state => new StatsmodelsResults(state), "statsmodels.genmod.generalized_linear_model"),
        new("GeneralizedPoissonResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("L1BinaryResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("L1CountResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("L1MultinomialResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("L1NegativeBinomialResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("L1PoissonResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("L1ZeroInflatedPoissonResultsWrapper", state => new StatsmodelsResults(state), "statsmodels.discrete.count_model"),
        new("MultinomialResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("NegativeBinomialResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("OrderedResultsWrapper", state => new StatsmodelsResults(state), "statsmodels.miscmodels.ordinal_model"),
        new("PoissonResultsWrapper", state => new StatsmodelsResults(state), Discrete),
        new("RLMResultsWrapper", state => new StatsmodelsResults(state), "statsmodels.robust.robust_linear_model"),
        new("RegressionResultsWrapper", state => new StatsmodelsResults(state), "statsmodels.regression.linear_model"),
        new("RegularizedResultsWrapper", state => new StatsmodelsResults(state), "statsmodels.base.elastic_net"),
        new("ZeroInflatedPoissonResultsWrapper", state => new StatsmodelsResults(state), "statsmodels.discrete.count_model"),
    ];
}
