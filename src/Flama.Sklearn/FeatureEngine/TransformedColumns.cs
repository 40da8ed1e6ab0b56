using System.Globalization;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>The columns that a transformer makes of some features.</summary>
/// <param name="sources">The features' positions.</param>
/// <param name="transformer">The transformer.</param>
/// <param name="width">How many columns it makes.</param>
internal sealed class TransformedColumns(int[] sources, Estimator transformer, int width)
    : FrameColumns([.. Enumerable.Range(0, width).Select(i => string.Create(CultureInfo.InvariantCulture, $"{transformer.Name}_{i}"))])
{
    public override bool GivesText(FeatureBatch? input) => transformer.Shape(Method.Transform, null).Kind == PredictionKind.Mixed;

    public override bool TakesMissing(bool downstream) => transformer.TakesMissing(downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        var selected = new FeatureBuilder[sources.Length];
        for (var i = 0; i < selected.Length; i++)
        {
            selected[i] = columns[sources[i]];
        }

        transformer.Describe(selected, downstream);
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        using var picked = FeatureBatch.RentSelection(input.Slice(row, 1), sources, withTexts: !input.IsNumeric);
        for (var i = 0; i < sources.Length; i++)
        {
            picked.SetNumber(0, i, input.Row(row)[sources[i]]);
            if (input.TextAt(row, sources[i]) is { } text)
            {
                picked.SetText(0, i, text);
            }
        }

        transformer.Run(Method.Transform, picked, output);
    }
}
