using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Brings numbers of a variable that lie beyond its caps back to them: Winsorizer, ArbitraryOutlierCapper.</summary>
/// <remarks>With indicators, columns follow that are 1 where that happened, left and right for each variable. Source: feature_engine.outliers, checked against 1.9.4.</remarks>
internal sealed class OutlierCapper : FeatureTransformer
{
    public OutlierCapper(EstimatorState state)
        : base(state)
    {
        var right = NumbersByColumn(state, "right_tail_caps_");
        var left = NumbersByColumn(state, "left_tail_caps_");
        var refusesMissing = state.Choice("missing_values", "raise", "ignore") == "raise";
        var variables = Labels.FindAll(state, "variables_");
        var all = variables.ToHashSet();
        Outputs =
        [
            .. InPlace(i => all.Contains(i)
                ? Capped(i, left.GetValueOrDefault(i, double.NegativeInfinity), right.GetValueOrDefault(i, double.PositiveInfinity), refusesMissing)
                : null),
            .. state.Flag("add_indicators", false) ? variables.SelectMany(i => Indicators(state, i, left, right)) : [],
        ];
    }

    private NumberColumn Capped(int column, double low, double high, bool refusesMissing) =>
        new(column, Labels.NameOf(column), number => double.IsNaN(number) ? number : Math.Max(Math.Min(number, high), low)) { RefusesMissing = refusesMissing };

    private IEnumerable<FrameColumns> Indicators(EstimatorState state, int column, Dictionary<int, double> left, Dictionary<int, double> right)
    {
        var tail = state.Choice("tail", "left", "right", "both");
        var low = left.GetValueOrDefault(column, double.NegativeInfinity);
        var high = right.GetValueOrDefault(column, double.PositiveInfinity);
        if (tail != "right")
        {
            yield return new TestColumn(column, $"{Labels.NameOf(column)}_left", (_, number) => number < low);
        }

        if (tail != "left")
        {
            yield return new TestColumn(column, $"{Labels.NameOf(column)}_right", (_, number) => number > high);
        }
    }
}
