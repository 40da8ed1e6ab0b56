using Flama.Sklearn.Tree;

namespace Flama.Sklearn.Ensemble;

/// <summary>Reads the trees of a forest.</summary>
internal static class ForestTrees
{
    /// <summary>Reads <c>estimators_</c> of a classifier; up to 1.3 leaves hold counts.</summary>
    public static TreeModel ReadClassifier(EstimatorState state, int features) => Read(state, features, normalize: LeafValues.AreCounts(state.Version));

    /// <summary>Reads <c>estimators_</c> of a regressor.</summary>
    public static TreeModel ReadRegressor(EstimatorState state, int features) => Read(state, features, normalize: false);

    private static TreeModel Read(EstimatorState state, int features, bool normalize)
    {
        var trees = state.List("estimators_");
        if (trees.Count == 0)
        {
            throw state.Fail("it has no trees");
        }

        var takesMissing = MissingRule.AppliesToForest(state, state.Part(trees[0], "estimators_[0]"));
        var reader = new TreeReader(state, features, takesMissing);
        for (var i = 0; i < trees.Count; i++)
        {
            reader.Add(state.Part(trees[i], $"estimators_[{i}]").Required("tree_"), $"estimators_[{i}].tree_", normalize);
        }

        return new(reader.Build(), InputRule.Floats32 with { TakesMissing = takesMissing }, OutputShape.Integers(trees.Count));
    }
}
