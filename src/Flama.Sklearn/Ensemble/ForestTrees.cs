using Flama.Sklearn.Tree;

namespace Flama.Sklearn.Ensemble;

/// <summary>Reads the trees of a forest.</summary>
internal static class ForestTrees
{
    /// <summary>Reads <c>estimators_</c> of a classifier; up to 1.2 leaves hold counts.</summary>
    public static TreeReader ReadClassifier(EstimatorState state, int features) => Read(state, features, normalize: !state.Version.IsAtLeast(1, 3));

    /// <summary>Reads <c>estimators_</c> of a regressor.</summary>
    public static TreeReader ReadRegressor(EstimatorState state, int features) => Read(state, features, normalize: false);

    private static TreeReader Read(EstimatorState state, int features, bool normalize)
    {
        var reader = new TreeReader(state, features);
        var trees = state.List("estimators_");
        if (trees.Count == 0)
        {
            throw state.Fail("it has no trees");
        }

        for (var i = 0; i < trees.Count; i++)
        {
            reader.Add(state.Part(trees[i], $"estimators_[{i}]").Required("tree_"), $"estimators_[{i}].tree_", normalize);
        }

        return reader;
    }
}
