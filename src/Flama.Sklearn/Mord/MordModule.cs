namespace Flama.Sklearn.Mord;

/// <summary>The estimators of <c>mord</c>.</summary>
internal static class MordModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("LAD", state => new OrdinalRegressor(state), "mord.regression_based"),
        new("LogisticAT", state => new OrdinalClassifier(state), "mord.threshold_based"),
        new("LogisticIT", state => new OrdinalClassifier(state), "mord.threshold_based"),
        new("LogisticSE", state => new OrdinalClassifier(state), "mord.threshold_based"),
        new("OrdinalRidge", state => new OrdinalRegressor(state), "mord.regression_based"),
    ];
}
