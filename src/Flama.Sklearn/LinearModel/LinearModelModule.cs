namespace Flama.Sklearn.LinearModel;

/// <summary>The estimators of <c>sklearn.linear_model</c>.</summary>
internal static class LinearModelModule
{
    private const string Package = "sklearn.linear_model";

    public static readonly EstimatorEntry[] Entries =
    [
        new("ARDRegression", state => new BayesianRegressor(state), $"{Package}._bayes", $"{Package}.bayes"),
        new("BayesianRidge", state => new BayesianRegressor(state), $"{Package}._bayes", $"{Package}.bayes"),
        .. Regressors("coordinate_descent", "ElasticNet", "ElasticNetCV", "Lasso", "LassoCV"),
        .. Regressors("coordinate_descent", "MultiTaskElasticNet", "MultiTaskElasticNetCV", "MultiTaskLasso", "MultiTaskLassoCV"),
        new("GammaRegressor", state => new GeneralizedLinearRegressor(state), $"{Package}._glm.glm"),
        new("GeneralizedLinearRegressor", state => new GeneralizedLinearRegressor(state), $"{Package}._glm.glm"),
        new("PoissonRegressor", state => new GeneralizedLinearRegressor(state), $"{Package}._glm.glm"),
        new("TweedieRegressor", state => new GeneralizedLinearRegressor(state), $"{Package}._glm.glm"),
        new("_GeneralizedLinearRegressor", state => new GeneralizedLinearRegressor(state), $"{Package}._glm.glm"),
        .. Regressors("huber", "HuberRegressor"),
        .. Regressors("least_angle", "Lars", "LarsCV", "LassoLars", "LassoLarsCV", "LassoLarsIC"),
        .. Regressors("base", "LinearRegression"),
        new("LogisticRegression", state => new LogisticRegression(state), $"{Package}._logistic", $"{Package}.logistic"),
        new("LogisticRegressionCV", state => new LogisticRegression(state), $"{Package}._logistic", $"{Package}.logistic"),
        .. Regressors("omp", "OrthogonalMatchingPursuit", "OrthogonalMatchingPursuitCV"),
        .. Classifiers("passive_aggressive", "PassiveAggressiveClassifier"),
        .. Regressors("passive_aggressive", "PassiveAggressiveRegressor"),
        .. Classifiers("perceptron", "Perceptron"),
        .. Regressors("quantile", "QuantileRegressor"),
        new("RANSACRegressor", state => new RANSACRegressor(state), $"{Package}._ransac", $"{Package}.ransac"),
        .. Regressors("ridge", "Ridge", "RidgeCV"),
        .. Classifiers("ridge", "RidgeClassifier", "RidgeClassifierCV"),
        new("SGDClassifier", state => new SGDClassifier(state), $"{Package}._stochastic_gradient", $"{Package}.stochastic_gradient"),
        new("SGDOneClassSVM", state => new SGDOneClassSVM(state), $"{Package}._stochastic_gradient"),
        .. Regressors("stochastic_gradient", "SGDRegressor"),
        .. Regressors("theil_sen", "TheilSenRegressor"),
    ];

    private static IEnumerable<EstimatorEntry> Regressors(string module, params string[] names) =>
        names.Select(name => new EstimatorEntry(name, state => new LinearRegressor(state), $"{Package}._{module}", $"{Package}.{module}"));

    private static IEnumerable<EstimatorEntry> Classifiers(string module, params string[] names) =>
        names.Select(name => new EstimatorEntry(name, state => new LinearClassifier(state), $"{Package}._{module}", $"{Package}.{module}"));
}
