namespace Flama.Sklearn.Imblearn;

/// <summary>The estimators of <c>imblearn</c>.</summary>
internal static class ImblearnModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
