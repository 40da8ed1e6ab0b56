using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>One of the columns that a transformer makes, in another place than its neighbours.</summary>
/// <param name="all">All columns.</param>
/// <param name="position">Which one.</param>
/// <param name="name">Its name.</param>
internal sealed class TransformedColumn(TransformedColumns all, int position, string name) : FrameColumns([name])
{
    public override bool GivesText(FeatureBatch? input) => all.GivesText(input);

    public override bool TakesMissing(bool downstream) => all.TakesMissing(downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => all.Describe(columns, downstream);

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        using var whole = FeatureBatch.RentUninitialized(1, all.Width, all.GivesText(input));
        all.Apply(owner, input, row, new OutputSlice(whole));
        output[0, 0] = whole.Row(0)[position];
        if (whole.TextAt(0, position) is { } text)
        {
            output.SetText(0, 0, text);
        }
    }
}
