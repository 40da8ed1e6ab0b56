using Flama.Json;
using Flama.Sklearn.Frames;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A column in which all cells but some are one label.</summary>
/// <param name="source">The feature's position.</param>
/// <param name="name">The column's name.</param>
/// <param name="frequent">The cells that stay.</param>
/// <param name="label">What others become.</param>
/// <param name="refusesMissing">Whether missing cells are refused; otherwise they stay.</param>
internal sealed class RareColumn(int source, string name, Scalar[] frequent, Scalar label, bool refusesMissing) : FrameColumns([name])
{
    private readonly CategoryTable table = new(frequent);

    public override bool GivesText(FeatureBatch? input) => label.Text is not null || input is { IsNumeric: false };

    public override IEnumerable<int> Origins => [source];

    public override bool TakesMissing(bool downstream) => !refusesMissing;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        columns[source].UseAsCategory(!refusesMissing);
        columns[source].Learn(table.Sayable());
        columns[source].OfferExample(frequent.Length > 0 ? frequent[0] : label);
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var text = input.TextAt(row, source);
        var number = input.Row(row)[source];
        var isMissing = text is null && double.IsNaN(number);
        if (isMissing && refusesMissing)
        {
            throw InputCheck.CellProblem(owner, input, row, source, ProblemTypes.MissingValue, $"the value is missing, which {owner.Name} was told to refuse");
        }

        var stays = isMissing || table.Find(text, number) >= 0;
        output[0, 0] = stays ? number : label.Text is null ? label.Number : double.NaN;
        if ((stays ? text : label.Text) is { } given)
        {
            output.SetText(0, 0, given);
        }
    }
}
