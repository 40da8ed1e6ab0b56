using System.Numerics;
using System.Runtime.Intrinsics;
using Flama.Trees.Numerics;

namespace Flama.Trees;

/// <summary>Small trees as programs without jumps: every split is compared for all rows of a block, and the leaves are blended from the bottom up.</summary>
/// <remarks>
/// That is more comparisons than a walk takes, each of them on many rows at once and without waiting for another. The leaf that a row gets is the one that its walk
/// would end in, bit by bit. Trees with more splits than pay off have no program. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">The type cells are compared in.</typeparam>
internal sealed class BlendedTrees<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Measured with trees of 7 to 300 splits: a full tree of depth 6, ten splits for each step of a walk, takes as long either way.
    private static readonly int SplitsPerStep = Vector512.IsHardwareAccelerated ? 9 : 4;

    private readonly BlendSplit<T>[] splits;
    private readonly int[] starts;
    private readonly int stackSize;

    private BlendedTrees(BlendSplit<T>[] splits, int[] starts, int deepest)
    {
        this.splits = splits;
        this.starts = starts;
        stackSize = (deepest + 1) * SplitCells<T>.RowBlock;
    }

    /// <summary>Whether blending is fast on this machine.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <summary>How many values the scratch of <see cref="Blend"/> needs.</summary>
    public int ScratchSize => stackSize;

    /// <summary>Makes the programs of those trees where they pay off.</summary>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="trees">Where each tree starts.</param>
    /// <typeparam name="TNode">The nodes, which only compare numbers.</typeparam>
    public static BlendedTrees<T> Of<TNode>(ReadOnlySpan<TNode> nodes, ReadOnlySpan<TreeSpan> trees)
        where TNode : unmanaged, ISplitNode<TNode, T>
    {
        List<BlendSplit<T>> added = [];
        var ends = new int[trees.Length + 1];
        var deepest = 0;
        Stack<(int Node, bool IsReady)> pending = new();
        for (var i = 0; i < trees.Length; i++)
        {
            var end = i + 1 < trees.Length ? (int)trees[i + 1].Root : nodes.Length;
            var depth = trees[i].Sure + trees[i].Rest;
            if (PaysOff((end - (int)trees[i].Root) / 2, depth))
            {
                deepest = Math.Max(deepest, depth);
                Add(nodes, (int)trees[i].Root, pending, added);
            }

            ends[i + 1] = added.Count;
        }

        return new([.. added], ends, deepest);
    }

    /// <summary>Finds the leaves of a block of rows in a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="block">The cells.</param>
    /// <param name="scratch">At least <see cref="ScratchSize"/> values; the first <see cref="SplitCells{T}.RowBlock"/> of them become the values of the leaves.</param>
    /// <returns>False when the tree has no program.</returns>
    public bool Blend(int tree, ReadOnlySpan<T> block, Span<T> scratch)
    {
        var program = splits.AsSpan(starts[tree]..starts[tree + 1]);
        if (program.IsEmpty)
        {
            return false;
        }

        LeafBlend.Run(program, block, scratch[..stackSize]);
        return true;
    }

    private static bool PaysOff(int count, int depth) => count > 0 && count <= (long)depth * SplitsPerStep;

    // Left subtree, right subtree, split: what a split needs lies on top of the stack.
    private static void Add<TNode>(ReadOnlySpan<TNode> nodes, int root, Stack<(int Node, bool IsReady)> pending, List<BlendSplit<T>> added)
        where TNode : unmanaged, ISplitNode<TNode, T>
    {
        pending.Push((root, false));
        while (pending.TryPop(out var next))
        {
            ref readonly var node = ref nodes[next.Node];
            var left = next.Node + (int)node.Step;
            var stacked = (nodes[left].Step > 0 ? BlendSplit<T>.StackedLeft : 0) + (nodes[left + 1].Step > 0 ? BlendSplit<T>.StackedRight : 0);
            if (next.IsReady || stacked == 0)
            {
                added.Add(new(node.Value, nodes[left].Value, nodes[left + 1].Value, (int)node.Slot, stacked));
                continue;
            }

            pending.Push((next.Node, true));
            if ((stacked & BlendSplit<T>.StackedRight) != 0)
            {
                pending.Push((left + 1, false));
            }

            if ((stacked & BlendSplit<T>.StackedLeft) != 0)
            {
                pending.Push((left, false));
            }
        }
    }
}
