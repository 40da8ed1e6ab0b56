using Flama.Trees;

namespace Flama.Boosters.XGBoost;

/// <summary>Scores of boosted trees.</summary>
internal sealed class TreeMargins(BoostedSum<float> sum) : MarginSource
{
    public override int Trees => sum.Trees.Count;

    public override void Add(FeatureBatch input, Span<float> scores, int width) => sum.Accumulate(input, scores, width);

    public override void FindLeaves(FeatureBatch input, OutputSlice output) => sum.Trees.FindLeaves(input, output);
}
