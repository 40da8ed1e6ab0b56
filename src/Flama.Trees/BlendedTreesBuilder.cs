using System.Numerics;
using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <summary>Makes the programs of trees where they pay off.</summary>
/// <typeparam name="T">The type of cells.</typeparam>
/// <typeparam name="TNode">The nodes.</typeparam>
internal sealed class BlendedTreesBuilder<T, TNode>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TNode : unmanaged, ISplitNode<TNode, T>
{
    // What ranking the cells of a slot costs, in steps of a walk.
    private const double StepsPerSlot = 2;

    private readonly TNode[] nodes;
    private readonly int[] depths;
    private readonly BlendCut[] cuts;
    private readonly TreeSpan[] trees;
    private readonly List<BlendSplit> splits = [];
    private readonly List<BlendRun> runs = [];
    private readonly List<uint> exits = [];
    private readonly BlendOrder order = new();
    private readonly List<(int Left, int Right, int Parent)> tree = [];
    private readonly List<int> nodesOfTree = [];
    private readonly Stack<(int Node, int Parent, bool IsRight)> pending = new();

    private BlendedTreesBuilder(TNode[] nodes, TreeSpan[] trees)
    {
        this.nodes = nodes;
        this.trees = trees;
        depths = new int[nodes.Length];
        cuts = new BlendCut[trees.Length];
    }

    /// <summary>Makes the programs, in bytes where no slot has more thresholds than that.</summary>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="trees">Where each tree starts.</param>
    /// <param name="slots">How many slots there are.</param>
    /// <param name="leafSlot">The slot of leaves; those before it are of numbers.</param>
    /// <returns>Null when all are better walked.</returns>
    public static BlendedTrees<T>? Build(TNode[] nodes, TreeSpan[] trees, int slots, int leafSlot)
    {
        var builder = new BlendedTreesBuilder<T, TNode>(nodes, trees);
        return builder.Build(slots, leafSlot, sizeof(byte)) ?? builder.Build(slots, leafSlot, sizeof(ushort));
    }

    private BlendedTrees<T>? Build(int slots, int leafSlot, int lane)
    {
        for (var i = 0; i < trees.Length; i++)
        {
            var (from, end) = (Root(i), i + 1 < trees.Length ? Root(i + 1) : nodes.Length);
            cuts[i] = BlendCut.Of<T, TNode>(nodes.AsSpan(from..end), trees[i].Deepest, leafSlot, lane, depths.AsSpan(from..end));
        }

        var cells = CellRanks<T>.Of(Thresholds(slots));
        if (cells.Largest >= 1 << (8 * lane) || cuts.Sum(cut => cut.Gain) <= cells.Count * StepsPerSlot)
        {
            return null;
        }

        var programs = new BlendProgram[trees.Length];
        for (var i = 0; i < trees.Length; i++)
        {
            if (cuts[i].Splits > 0)
            {
                programs[i] = Add(i, cells, lane);
            }
        }

        return new(cells, programs, [.. splits], [.. runs], [.. exits], [.. exits.Select(node => nodes[node].Value)], lane, order.Most);
    }

    private int Root(int tree) => (int)trees[tree].Root;

    private List<T>?[] Thresholds(int slots)
    {
        var thresholds = new List<T>?[slots];
        for (var i = 0; i < trees.Length; i++)
        {
            var end = i + 1 < trees.Length ? Root(i + 1) : nodes.Length;
            for (var at = Root(i); at < end; at++)
            {
                if (IsBlended(i, at))
                {
                    (thresholds[nodes[at].Slot] ??= []).Add(nodes[at].Value);
                }
            }
        }

        return thresholds;
    }

    private bool IsBlended(int tree, int node) => nodes[node].Step > 0 && depths[node] < cuts[tree].Levels;

    private BlendProgram Add(int index, CellRanks<T> cells, int lane)
    {
        List(index);
        var all = (1 << (8 * lane)) - 1;
        var (firstSplit, firstRun, firstExit) = (splits.Count, runs.Count, exits.Count);
        var last = 0;
        foreach (var (split, kind, target) in order.Of(CollectionsMarshal.AsSpan(tree)))
        {
            if (runs.Count == firstRun || runs[^1].Kind != kind)
            {
                runs.Add(new(kind, 0));
            }

            runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            ref readonly var node = ref nodes[nodesOfTree[split]];
            var child = nodesOfTree[split] + (int)node.Step;
            var left = Side(tree[split].Left, child, firstExit);
            var right = Side(tree[split].Right, child + 1, firstExit);
            var slot = (int)node.Slot;
            var rank = cells.RankOf(slot, node.Value);
            var column = (ushort)cells.PlaceOf(slot);
            splits.Add(kind == BlendKind.Mixed && tree[split].Right >= 0
                ? new(column, (ushort)(all - rank + 1), (ushort)all, right, left, (ushort)target)
                : new(column, (ushort)rank, 0, left, right, (ushort)target));
            last = target;
        }

        return new(firstSplit, tree.Count, firstRun, runs.Count - firstRun, firstExit, cuts[index].Rest, last);
    }

    private ushort Side(int split, int node, int firstExit)
    {
        if (split >= 0)
        {
            return (ushort)order.TargetOf(split);
        }

        exits.Add((uint)node);
        return (ushort)(exits.Count - 1 - firstExit);
    }

    // The splits that are blended, parents before children.
    private void List(int index)
    {
        tree.Clear();
        nodesOfTree.Clear();
        pending.Push((Root(index), -1, false));
        while (pending.TryPop(out var next))
        {
            var number = tree.Count;
            if (next.Parent >= 0)
            {
                tree[next.Parent] = next.IsRight ? tree[next.Parent] with { Right = number } : tree[next.Parent] with { Left = number };
            }

            tree.Add((-1, -1, next.Parent));
            nodesOfTree.Add(next.Node);
            var left = next.Node + (int)nodes[next.Node].Step;
            if (IsBlended(index, left + 1))
            {
                pending.Push((left + 1, number, true));
            }

            if (IsBlended(index, left))
            {
                pending.Push((left, number, false));
            }
        }
    }
}
