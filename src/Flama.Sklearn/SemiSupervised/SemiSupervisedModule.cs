namespace Flama.Sklearn.SemiSupervised;

/// <summary>The estimators of <c>sklearn.semi_supervised</c>.</summary>
internal static class SemiSupervisedModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
