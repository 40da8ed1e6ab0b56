namespace Flama.Sklearn.SemiSupervised;

/// <summary>The estimators of <c>sklearn.semi_supervised</c>.</summary>
internal static class SemiSupervisedModule
{
    private const string Propagation = "sklearn.semi_supervised._label_propagation";
    private const string OldPropagation = "sklearn.semi_supervised.label_propagation";

    public static readonly EstimatorEntry[] Entries =
    [
        new("LabelPropagation", state => new LabelPropagation(state), Propagation, OldPropagation),
        new("LabelSpreading", state => new LabelPropagation(state), Propagation, OldPropagation),
        new("SelfTrainingClassifier", state => new SelfTrainingClassifier(state), "sklearn.semi_supervised._self_training"),
    ];
}
