namespace Flama.Sklearn.GaussianProcess;

/// <summary>The estimators of <c>sklearn.gaussian_process</c>.</summary>
internal static class GaussianProcessModule
{
    private const string Classification = "sklearn.gaussian_process._gpc";
    private const string OldClassification = "sklearn.gaussian_process.gpc";

    public static readonly EstimatorEntry[] Entries =
    [
        new("GaussianProcessClassifier", state => new GaussianProcessClassifier(state), Classification, OldClassification),
        new("GaussianProcessRegressor", state => new GaussianProcessRegressor(state), "sklearn.gaussian_process._gpr", "sklearn.gaussian_process.gpr"),
        new("_BinaryGaussianProcessClassifierLaplace", state => new LaplaceClassifier(state), Classification, OldClassification),
    ];
}
