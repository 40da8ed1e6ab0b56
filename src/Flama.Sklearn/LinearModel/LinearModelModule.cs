namespace Flama.Sklearn.LinearModel;

/// <summary>The estimators of <c>sklearn.linear_model</c>.</summary>
internal static class LinearModelModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("LinearRegression", state => new LinearRegressor(state), "sklearn.linear_model._base", "sklearn.linear_model.base"),
        new("LogisticRegression", state => new LogisticRegression(state), "sklearn.linear_model._logistic", "sklearn.linear_model.logistic"),
        new("Ridge", state => new LinearRegressor(state), "sklearn.linear_model._ridge", "sklearn.linear_model.ridge"),
    ];
}
