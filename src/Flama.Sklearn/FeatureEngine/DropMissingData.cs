using Flama.Json;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Passes whole rows on. The library takes rows with missing cells out; a prediction answers every row, so that here such a row is refused.</summary>
/// <remarks>Source: feature_engine.imputation.drop_missing_data, checked against 1.9.4.</remarks>
internal sealed class DropMissingData : FeatureTransformer
{
    private readonly int[] variables;
    private readonly double needed;

    public DropMissingData(EstimatorState state)
        : base(state)
    {
        variables = Labels.FindAll(state, "variables_");
        needed = state.Value("threshold") is null ? variables.Length : variables.Length * state.Number("threshold");
        Outputs = [.. InPlace(_ => null)];
    }

    public override bool TakesMissing(bool downstream) => downstream && needed < variables.Length;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var missing = variables.Where(i => input.TextAt(row, i) is null && double.IsNaN(input.Row(row)[i])).ToArray();
            if (variables.Length - missing.Length < needed)
            {
                throw InputCheck.CellProblem(
                    this, input, row, missing[0], ProblemTypes.MissingValue, $"the value is missing, and {Name} drops such rows: leave the row out");
            }
        }

        base.Transform(input, output);
    }
}
