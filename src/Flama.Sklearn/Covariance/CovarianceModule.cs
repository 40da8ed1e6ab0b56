namespace Flama.Sklearn.Covariance;

/// <summary>The estimators of <c>sklearn.covariance</c>: an outlier detector, and estimates of covariances, which have no method that can be served.</summary>
internal static class CovarianceModule
{
    private const string Shrunk = "sklearn.covariance._shrunk_covariance";
    private const string OldShrunk = "sklearn.covariance.shrunk_covariance_";
    private const string Graph = "sklearn.covariance._graph_lasso";
    private const string OldGraph = "sklearn.covariance.graph_lasso_";

    public static readonly EstimatorEntry[] Entries =
    [
        new("EllipticEnvelope", state => new EllipticEnvelope(state), "sklearn.covariance._elliptic_envelope", "sklearn.covariance.elliptic_envelope"),
        new("EmpiricalCovariance", state => new TrainingOnlyEstimator(state), "sklearn.covariance._empirical_covariance", "sklearn.covariance.empirical_covariance_"),
        new("GraphicalLasso", state => new TrainingOnlyEstimator(state), Graph, OldGraph),
        new("GraphicalLassoCV", state => new TrainingOnlyEstimator(state), Graph, OldGraph),
        new("LedoitWolf", state => new TrainingOnlyEstimator(state), Shrunk, OldShrunk),
        new("MinCovDet", state => new TrainingOnlyEstimator(state), "sklearn.covariance._robust_covariance", "sklearn.covariance.robust_covariance"),
        new("OAS", state => new TrainingOnlyEstimator(state), Shrunk, OldShrunk),
        new("ShrunkCovariance", state => new TrainingOnlyEstimator(state), Shrunk, OldShrunk),
    ];
}
