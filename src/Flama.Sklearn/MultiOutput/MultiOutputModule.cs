namespace Flama.Sklearn.MultiOutput;

/// <summary>The estimators of <c>sklearn.multioutput</c>.</summary>
internal static class MultiOutputModule
{
    private const string Module = "sklearn.multioutput";

    public static readonly EstimatorEntry[] Entries =
    [
        new("ClassifierChain", state => new Chain(state), Module),
        new("MultiOutputClassifier", state => new MultiOutputClassifier(state), Module),
        new("MultiOutputRegressor", state => new MultiOutputRegressor(state), Module),
        new("RegressorChain", state => new Chain(state), Module),
    ];
}
