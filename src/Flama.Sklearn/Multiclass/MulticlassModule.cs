namespace Flama.Sklearn.Multiclass;

/// <summary>The estimators of <c>sklearn.multiclass</c>.</summary>
internal static class MulticlassModule
{
    private const string Module = "sklearn.multiclass";

    public static readonly EstimatorEntry[] Entries =
    [
        new("OneVsOneClassifier", state => new OneVsOneClassifier(state), Module),
        new("OneVsRestClassifier", state => new OneVsRestClassifier(state), Module),
        new("OutputCodeClassifier", state => new OutputCodeClassifier(state), Module),
        new("_ConstantPredictor", state => new ConstantPredictor(state), Module),
    ];
}
