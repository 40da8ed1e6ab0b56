using Flama.Json;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A column that is 1 where a cell passes a test and 0 elsewhere.</summary>
/// <param name="source">The feature's position.</param>
/// <param name="name">The column's name.</param>
/// <param name="test">The test, of the cell's string and number.</param>
internal sealed class TestColumn(int source, string name, Func<string?, double, bool> test) : FrameColumns([name])
{
    /// <summary>Whether missing cells are refused.</summary>
    public bool RefusesMissing { get; init; }

    public override bool TakesMissing(bool downstream) => !RefusesMissing;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => columns[source].UseAsCategory(!RefusesMissing);

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var text = input.TextAt(row, source);
        var number = input.Row(row)[source];
        if (RefusesMissing && text is null && double.IsNaN(number))
        {
            throw InputCheck.CellProblem(owner, input, row, source, ProblemTypes.MissingValue, $"the value is missing, which {owner.Name} does not take");
        }

        output[0, 0] = test(text, number) ? 1 : 0;
    }
}
