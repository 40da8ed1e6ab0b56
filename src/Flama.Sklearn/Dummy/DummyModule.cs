namespace Flama.Sklearn.Dummy;

/// <summary>The estimators of <c>sklearn.dummy</c>.</summary>
internal static class DummyModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("DummyClassifier", state => new DummyClassifier(state), "sklearn.dummy"),
        new("DummyRegressor", state => new DummyRegressor(state), "sklearn.dummy"),
    ];
}
