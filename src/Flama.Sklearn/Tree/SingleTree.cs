namespace Flama.Sklearn.Tree;

/// <summary>Reads the one tree of a decision tree.</summary>
internal static class SingleTree
{
    /// <summary>Reads <c>tree_</c> of a classifier; up to 1.3 its leaves hold counts.</summary>
    public static TreeModel ReadClassifier(EstimatorState state, int features) => Read(state, features, normalize: LeafValues.AreCounts(state.Version));

    /// <summary>Reads <c>tree_</c> of a regressor.</summary>
    public static TreeModel ReadRegressor(EstimatorState state, int features) => Read(state, features, normalize: false);

    private static TreeModel Read(EstimatorState state, int features, bool normalize)
    {
        var takesMissing = MissingRule.AppliesTo(state);
        var reader = new TreeReader(state, features, takesMissing);
        reader.Add(state.Required("tree_"), "tree_", normalize);
        return new(reader.Build(), InputRule.Floats32 with { TakesMissing = takesMissing }, OutputShape.Integer);
    }
}
