namespace Flama.Sklearn.Svm;

/// <summary>The estimators of <c>sklearn.svm</c>.</summary>
internal static class SvmModule
{
    private const string Classes = "sklearn.svm._classes";
    private const string OldClasses = "sklearn.svm.classes";

    public static readonly EstimatorEntry[] Entries =
    [
        new("NuSVC", state => new SVC(state), Classes, OldClasses),
        new("SVC", state => new SVC(state), Classes, OldClasses),
    ];
}
