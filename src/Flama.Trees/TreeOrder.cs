using System.Numerics;

namespace Flama.Trees;

/// <summary>Puts the nodes of a tree into the order in which they are walked fastest. Not thread-safe: its buffers serve one tree after the other.</summary>
/// <remarks>
/// The children of a node lie side by side, and their own children directly behind them: six nodes of eight bytes, two steps in one
/// cache line. What lies deeper follows subtree by subtree.
/// </remarks>
internal sealed class TreeOrder
{
    private TreePlace[] places = [];
    private bool[] isPlaced = [];
    private int[] pending = [];
    private int count;

    /// <summary>Orders a tree.</summary>
    /// <param name="tree">The nodes, the root first.</param>
    /// <param name="fail">Makes the error of a tree that contradicts itself.</param>
    /// <returns>The places of all nodes that the root leads to; until the next call.</returns>
    /// <exception cref="FlamaException">A child does not exist, or a node has two parents.</exception>
    public ReadOnlySpan<TreePlace> Of<T>(ReadOnlySpan<SplitSource<T>> tree, Func<string, FlamaException> fail)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Reserve(tree.Length);
        places[0] = default;
        isPlaced[0] = true;
        count = 1;
        pending[0] = 0;
        var waiting = 1;
        while (waiting > 0)
        {
            var at = pending[--waiting];
            if (tree[places[at].Node].IsLeaf)
            {
                continue;
            }

            var children = count;
            PlaceChildren(tree, at, fail);
            for (var child = children; child < children + 2; child++)
            {
                if (!tree[places[child].Node].IsLeaf)
                {
                    pending[waiting++] = count + 1;
                    pending[waiting++] = count;
                    PlaceChildren(tree, child, fail);
                }
            }
        }

        return places.AsSpan(0, count);
    }

    private void Reserve(int nodes)
    {
        if (places.Length < nodes)
        {
            var length = (int)BitOperations.RoundUpToPowerOf2((uint)nodes);
            places = new TreePlace[length];
            isPlaced = new bool[length];
            pending = new int[length + 1];
        }
        else
        {
            isPlaced.AsSpan(0, nodes).Clear();
        }
    }

    private void PlaceChildren<T>(ReadOnlySpan<SplitSource<T>> tree, int at, Func<string, FlamaException> fail)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var place = ref places[at];
        ref readonly var node = ref tree[place.Node];
        place = place with { Step = count - at };
        Place(tree, node.Left, place, fail);
        Place(tree, node.Right, place, fail);
    }

    private void Place<T>(ReadOnlySpan<SplitSource<T>> tree, int child, TreePlace parent, Func<string, FlamaException> fail)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if ((uint)child >= (uint)tree.Length || isPlaced[child])
        {
            var node = tree[parent.Node];
            throw fail($"node {parent.Node} has the children {node.Left} and {node.Right}, and there are {tree.Length} nodes with one parent each");
        }

        isPlaced[child] = true;
        places[count++] = new(child, 0, parent.Depth + 1);
    }
}
