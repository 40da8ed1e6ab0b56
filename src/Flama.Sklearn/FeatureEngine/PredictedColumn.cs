using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A column of what an estimator of one feature predicts: its only value, or the second of several.</summary>
/// <param name="source">The feature's position.</param>
/// <param name="name">The column's name.</param>
/// <param name="estimator">The estimator.</param>
/// <param name="method">The method that is asked.</param>
/// <param name="digits">How many decimals are kept; null for all.</param>
internal sealed class PredictedColumn(int source, string name, Estimator estimator, Method method, int? digits) : FrameColumns([name])
{
    private readonly int width = estimator.Shape(method, null).Width;

    public override bool TakesMissing(bool downstream) => false;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => columns[source].UseAsNumber(parsesText: false, takesMissing: false);

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        using var cell = FeatureBatch.Rent(1, 1, firstRow: input.FirstRow + row);
        cell.SetNumber(0, 0, NumberColumn.Read(owner, input, row, source, refusesMissing: true));
        using var scratch = new Scratch(width);
        estimator.Run(method, cell, new OutputSlice(scratch.Span, width));
        var value = scratch.Span[Math.Min(1, width - 1)];
        output[0, 0] = digits is { } kept ? Round(value, kept) : value;
    }

    // numpy scales, rounds to even and scales back.
    private static double Round(double value, int digits)
    {
        var scale = Math.Pow(10, Math.Abs(digits));
        return digits >= 0 ? Math.Round(value * scale) / scale : Math.Round(value / scale) * scale;
    }
}
