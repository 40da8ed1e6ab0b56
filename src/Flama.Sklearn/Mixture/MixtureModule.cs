namespace Flama.Sklearn.Mixture;

/// <summary>The estimators of <c>sklearn.mixture</c>.</summary>
internal static class MixtureModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("BayesianGaussianMixture", state => new GaussianMixture(state), "sklearn.mixture._bayesian_mixture", "sklearn.mixture.bayesian_mixture"),
        new("GaussianMixture", state => new GaussianMixture(state), "sklearn.mixture._gaussian_mixture", "sklearn.mixture.gaussian_mixture"),
    ];
}
