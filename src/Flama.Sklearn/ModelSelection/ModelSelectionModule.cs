namespace Flama.Sklearn.ModelSelection;

/// <summary>The estimators of <c>sklearn.model_selection</c>.</summary>
internal static class ModelSelectionModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
