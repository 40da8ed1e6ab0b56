using System.Numerics;

namespace Flama.Sklearn.Numerics;

/// <summary>Puts the nodes of a tree into the order in which they are walked fastest.</summary>
/// <remarks>
/// The children of a node lie side by side, and their own children directly behind them: six nodes of eight bytes, two steps in one
/// cache line. What lies deeper follows subtree by subtree.
/// </remarks>
internal static class TreeOrder
{
    /// <summary>Orders a tree.</summary>
    /// <param name="tree">The nodes, the root first.</param>
    /// <param name="fail">Makes the error of a tree that contradicts itself.</param>
    /// <returns>For each place the number of the node, how far behind it its left child lies (0 for a leaf), and its depth.</returns>
    /// <exception cref="FlamaException">A child does not exist, or a node has two parents.</exception>
    public static (int Node, int Step, int Depth)[] Of<T>(ReadOnlySpan<SplitSource<T>> tree, Func<string, FlamaException> fail)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var order = new (int Node, int Step, int Depth)[tree.Length];
        var isPlaced = new bool[tree.Length];
        isPlaced[0] = true;
        var count = 1;
        var pending = new Stack<int>();
        pending.Push(0);
        while (pending.TryPop(out var at))
        {
            if (tree[order[at].Node].IsLeaf)
            {
                continue;
            }

            var children = count;
            PlaceChildren(tree, order, isPlaced, at, ref count, fail);
            for (var child = children; child < children + 2; child++)
            {
                if (!tree[order[child].Node].IsLeaf)
                {
                    pending.Push(count + 1);
                    pending.Push(count);
                    PlaceChildren(tree, order, isPlaced, child, ref count, fail);
                }
            }
        }

        return order[..count];
    }

    private static void PlaceChildren<T>(
        ReadOnlySpan<SplitSource<T>> tree,
        (int Node, int Step, int Depth)[] order,
        bool[] isPlaced,
        int at,
        ref int count,
        Func<string, FlamaException> fail)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var place = ref order[at];
        var node = tree[place.Node];
        place.Step = count - at;
        foreach (var child in (ReadOnlySpan<int>)[node.Left, node.Right])
        {
            if ((uint)child >= (uint)tree.Length || isPlaced[child])
            {
                throw fail($"node {place.Node} has the children {node.Left} and {node.Right}, and there are {tree.Length} nodes with one parent each");
            }

            isPlaced[child] = true;
            order[count++] = (child, 0, place.Depth + 1);
        }
    }
}
