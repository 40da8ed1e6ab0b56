using Flama.Sklearn.Frames;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Takes each variable out and adds a column for each of its categories: 1 where the cell is that category, else 0.</summary>
/// <remarks>The new columns follow those that are passed on. Missing cells are refused. Source: feature_engine.encoding.one_hot, checked against 1.9.4.</remarks>
internal sealed class OneHotEncoder : FeatureTransformer
{
    public OneHotEncoder(EstimatorState state)
        : base(state)
    {
        var categories = ByColumn(state, "encoder_dict_");
        var variables = Labels.FindAll(state, "variables_");
        Outputs = [.. AllBut(variables), .. variables.SelectMany(i => ColumnsOf(state, i, categories.GetValueOrDefault(i)))];
    }

    private IEnumerable<FrameColumns> ColumnsOf(EstimatorState state, int column, object? categories)
    {
        var cells = state.AsScalars(categories ?? throw state.Fail("its encoder_dict_ lacks a variable"), "encoder_dict_");
        var table = new CategoryTable(cells);
        for (var i = 0; i < cells.Length; i++)
        {
            var category = i;
            yield return new TestColumn(column, $"{Labels.NameOf(column)}_{cells[i]}", (text, number) => table.Find(text, number) == category) { RefusesMissing = true };
        }
    }
}
