namespace Flama.Sklearn.Interpret;

/// <summary>The estimators of <c>interpret</c>.</summary>
internal static class InterpretModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("ExplainableBoostingClassifier", state => new ExplainableBoostingClassifier(state), "interpret.glassbox._ebm._ebm"),
        new("ExplainableBoostingRegressor", state => new ExplainableBoostingRegressor(state), "interpret.glassbox._ebm._ebm"),
    ];
}
