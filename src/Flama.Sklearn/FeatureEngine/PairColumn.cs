using Flama.Json;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A column computed from the same row's numbers of two features.</summary>
/// <param name="left">The first feature's position.</param>
/// <param name="right">The second one's.</param>
/// <param name="name">The column's name.</param>
/// <param name="compute">What comes out.</param>
/// <param name="refusesMissing">Whether missing and infinite cells are refused.</param>
internal sealed class PairColumn(int left, int right, string name, Func<double, double, double> compute, bool refusesMissing) : FrameColumns([name])
{
    /// <summary>Whether the second number must not be 0.</summary>
    public bool Divides { get; init; }

    /// <summary>What a division by 0 gives; null where it is an error.</summary>
    public double? Filling { get; init; }

    public override bool TakesMissing(bool downstream) => !refusesMissing && downstream;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        columns[left].UseAsNumber(parsesText: false, TakesMissing(downstream), takesInfinity: !refusesMissing);
        columns[right].UseAsNumber(parsesText: false, TakesMissing(downstream), takesInfinity: !refusesMissing);
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var x = NumberColumn.Read(owner, input, row, left, refusesMissing);
        var y = NumberColumn.Read(owner, input, row, right, refusesMissing);
        output[0, 0] = !Divides || y != 0
            ? compute(x, y)
            : Filling ?? throw InputCheck.CellProblem(owner, input, row, right, ProblemTypes.NumberRange, $"the value is 0, by which {owner.Name} would divide");
    }
}
