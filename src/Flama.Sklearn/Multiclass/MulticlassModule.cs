namespace Flama.Sklearn.Multiclass;

/// <summary>The estimators of <c>sklearn.multiclass</c>.</summary>
internal static class MulticlassModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
