namespace Flama.Boosters.CatBoost;

/// <summary>The trees of a model, their questions being numbers of binary features: all symmetric, or none.</summary>
/// <param name="LeafValues">The values of all leaves, as many per leaf as the model has outputs.</param>
internal sealed record TreeShapes(double[] LeafValues)
{
    /// <summary>The questions of all symmetric trees, tree by tree, the one of the leaf number's lowest bit first.</summary>
    public int[] Splits { get; init; } = [];

    /// <summary>How many questions each symmetric tree asks.</summary>
    public int[] Depths { get; init; } = [];

    /// <summary>The nodes of all other trees.</summary>
    public TreeNode[] Nodes { get; init; } = [];

    /// <summary>Where each other tree starts: a node, or the complement of where the values of its only leaf start.</summary>
    public int[] Roots { get; init; } = [];
}
