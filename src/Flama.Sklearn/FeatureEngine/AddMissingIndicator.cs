namespace Flama.Sklearn.FeatureEngine;

/// <summary>Adds, for each variable, a column that is 1 where the cell is missing and 0 elsewhere.</summary>
/// <remarks>Source: feature_engine.imputation.missing_indicator, checked against 1.9.4.</remarks>
internal sealed class AddMissingIndicator : FeatureTransformer
{
    public AddMissingIndicator(EstimatorState state)
        : base(state)
    {
        var variables = Labels.FindAll(state, "variables_");
        Outputs = [.. InPlace(_ => null), .. variables.Select(i => new TestColumn(i, $"{Labels.NameOf(i)}_na", (text, number) => text is null && double.IsNaN(number)))];
    }
}
