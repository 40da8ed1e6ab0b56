using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A column computed from the same row's numbers of several features.</summary>
/// <param name="sources">The features' positions.</param>
/// <param name="name">The column's name.</param>
/// <param name="refusesMissing">Whether missing and infinite cells are refused; otherwise missing ones are left out of the computation.</param>
/// <param name="compute">What comes out of the numbers that are there.</param>
internal sealed class SummaryColumn(int[] sources, string name, bool refusesMissing, Func<double[], double> compute) : FrameColumns([name])
{
    public override bool TakesMissing(bool downstream) => !refusesMissing;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var source in sources)
        {
            columns[source].UseAsNumber(parsesText: false, !refusesMissing, takesInfinity: !refusesMissing);
        }
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output) => output[0, 0] = compute(
        [.. sources.Select(source => NumberColumn.Read(owner, input, row, source, refusesMissing)).Where(number => !double.IsNaN(number))]);
}
