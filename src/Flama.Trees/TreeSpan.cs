namespace Flama.Trees;

/// <summary>Where a tree lies among the nodes of its <see cref="FlatTrees{T,TNode}"/>, or how far to walk in several.</summary>
/// <param name="Root">Its first node.</param>
/// <param name="Sure">So many steps every row takes without being asked whether it has arrived.</param>
/// <param name="Rest">So many more steps suffice for any row.</param>
internal readonly record struct TreeSpan(uint Root, int Sure, int Rest)
{
    // Steps that move nothing cost less than asking, or than a loop whose end the processor cannot foresee.
    private const int SmallRest = 2;
    private const int AlwaysSure = 8;

    /// <summary>The depth of the deepest leaf.</summary>
    public int Deepest => Sure + Rest;

    /// <summary>Makes the span of leaves between two depths.</summary>
    public static TreeSpan Of(uint root, int shallowest, int deepest) =>
        deepest <= AlwaysSure || deepest - shallowest <= SmallRest ? new(root, deepest, 0) : new(root, shallowest, deepest - shallowest);
}
