namespace Flama.Sklearn.MultiOutput;

/// <summary>The estimators of <c>sklearn.multioutput</c>.</summary>
internal static class MultiOutputModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
