namespace Flama.Sklearn.Neighbors;

/// <summary>The estimators of <c>sklearn.neighbors</c>.</summary>
internal static class NeighborsModule
{
    private const string Classification = "sklearn.neighbors._classification";
    private const string OldClassification = "sklearn.neighbors.classification";
    private const string Regression = "sklearn.neighbors._regression";
    private const string OldRegression = "sklearn.neighbors.regression";
    private const string Graph = "sklearn.neighbors._graph";
    private const string OldGraph = "sklearn.neighbors.graph";

    public static readonly EstimatorEntry[] Entries =
    [
        new("KNeighborsClassifier", state => new KNeighborsClassifier(state), Classification, OldClassification),
        new("KNeighborsRegressor", state => new KNeighborsRegressor(state), Regression, OldRegression),
        new("KNeighborsTransformer", state => new NeighborsTransformer(state, isRadius: false), Graph, OldGraph),
        new("KernelDensity", state => new KernelDensity(state), "sklearn.neighbors._kde", "sklearn.neighbors.kde"),
        new("LocalOutlierFactor", state => new LocalOutlierFactor(state), "sklearn.neighbors._lof", "sklearn.neighbors.lof"),
        new("NearestCentroid", state => new NearestCentroid(state), "sklearn.neighbors._nearest_centroid", "sklearn.neighbors.nearest_centroid"),
        new("NearestNeighbors", state => new NearestNeighbors(state), "sklearn.neighbors._unsupervised", "sklearn.neighbors.unsupervised"),
        new("NeighborhoodComponentsAnalysis", state => new NeighborhoodComponentsAnalysis(state), "sklearn.neighbors._nca", "sklearn.neighbors.nca"),
        new("RadiusNeighborsClassifier", state => new RadiusNeighborsClassifier(state), Classification, OldClassification),
        new("RadiusNeighborsRegressor", state => new RadiusNeighborsRegressor(state), Regression, OldRegression),
        new("RadiusNeighborsTransformer", state => new NeighborsTransformer(state, isRadius: true), Graph, OldGraph),
    ];
}
