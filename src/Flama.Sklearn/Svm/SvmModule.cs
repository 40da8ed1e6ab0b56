using Flama.Sklearn.LinearModel;

namespace Flama.Sklearn.Svm;

/// <summary>The estimators of <c>sklearn.svm</c>.</summary>
internal static class SvmModule
{
    private const string Classes = "sklearn.svm._classes";
    private const string OldClasses = "sklearn.svm.classes";

    public static readonly EstimatorEntry[] Entries =
    [
        new("LinearSVC", state => new LinearClassifier(state), Classes, OldClasses),
        new("LinearSVR", state => new LinearRegressor(state), Classes, OldClasses),
        new("NuSVC", state => new SVC(state), Classes, OldClasses),
        new("NuSVR", state => new SVR(state), Classes, OldClasses),
        new("OneClassSVM", state => new OneClassSVM(state), Classes, OldClasses),
        new("SVC", state => new SVC(state), Classes, OldClasses),
        new("SVR", state => new SVR(state), Classes, OldClasses),
    ];
}
