using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.XGBoost;

/// <summary>Scores of boosted trees.</summary>
internal sealed class TreeMargins(BoosterTrees<float> trees) : MarginSource
{
    public override int Trees => trees.Count;

    public override void Add(FeatureBatch input, Span<float> scores, int width) => trees.Accumulate(input, scores, width);

    public override void FindLeaves(FeatureBatch input, OutputSlice output) => trees.FindLeaves(input, output);
}
