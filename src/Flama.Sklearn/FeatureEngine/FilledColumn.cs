using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A column whose missing cells are filled with one value.</summary>
/// <param name="source">The feature's position.</param>
/// <param name="name">The column's name.</param>
/// <param name="filling">The value.</param>
internal sealed class FilledColumn(int source, string name, Scalar filling) : FrameColumns([name])
{
    public override bool GivesText(FeatureBatch? input) => filling.Text is not null || input is { IsNumeric: false };

    public override IEnumerable<int> Origins => [source];

    public override bool TakesMissing(bool downstream) => true;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        if (filling.Text is null)
        {
            columns[source].UseAsNumber(parsesText: false, takesMissing: true, takesInfinity: true);
        }
        else
        {
            columns[source].UseAsCategory(takesMissing: true);
        }

        columns[source].OfferExample(filling);
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var text = input.TextAt(row, source);
        var number = input.Row(row)[source];
        var isMissing = text is null && double.IsNaN(number);
        output[0, 0] = isMissing ? filling.Text is null ? filling.Number : double.NaN : number;
        if ((isMissing ? filling.Text : text) is { } given)
        {
            output.SetText(0, 0, given);
        }
    }
}
