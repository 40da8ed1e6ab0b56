using System.Numerics;
using System.Runtime.Intrinsics;

namespace Flama.Trees;

/// <summary>How much of a tree is blended: some levels from the root on, the rest being walked; all of it; or nothing.</summary>
/// <param name="Levels">So many levels of splits are blended.</param>
/// <param name="Splits">How many splits they have.</param>
/// <param name="Rest">So many steps at most remain after them.</param>
/// <param name="Gain">How many steps of a walk are saved per row, the price of blending taken off.</param>
internal readonly record struct BlendCut(int Levels, int Splits, int Rest, double Gain)
{
    // What going on from the exits costs, in steps.
    private const double Restart = 2;

    /// <summary>How many blended splits cost as much as one step of a walk.</summary>
    /// <param name="lane">Bytes a rank.</param>
    public static double SplitsPerStep(int lane) => (Vector512.IsHardwareAccelerated ? 160.0 : 80.0) / lane;

    /// <summary>Finds what is fastest for a tree.</summary>
    /// <param name="tree">The nodes; steps lead ahead.</param>
    /// <param name="deepest">The depth of the deepest leaf.</param>
    /// <param name="leafSlot">Splits that look at slots from there on are not on numbers.</param>
    /// <param name="lane">Bytes a rank.</param>
    /// <param name="depths">As many numbers as nodes, for own use.</param>
    public static BlendCut Of<T, TNode>(ReadOnlySpan<TNode> tree, int deepest, int leafSlot, int lane, Span<int> depths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TNode : unmanaged, ISplitNode<TNode, T>
    {
        var widths = new int[deepest];
        var levels = deepest;
        depths[0] = 0;
        for (var i = 0; i < tree.Length; i++)
        {
            ref readonly var node = ref tree[i];
            if (node.Step == 0)
            {
                continue;
            }

            var left = i + (int)node.Step;
            depths[left] = depths[left + 1] = depths[i] + 1;
            widths[depths[i]]++;
            if (node.Slot >= (uint)leafSlot || T.IsNaN(node.Value))
            {
                levels = Math.Min(levels, depths[i]);
            }
        }

        var perStep = SplitsPerStep(lane);
        var mostExits = 1 << (8 * lane);
        BlendCut best = default;
        var splits = 0;
        for (var level = 1; level <= levels && splits + widths[level - 1] < mostExits; level++)
        {
            splits += widths[level - 1];
            var gain = level - (splits / perStep) - (level < deepest ? Restart : 0);
            best = gain > best.Gain ? new(level, splits, deepest - level, gain) : best;
        }

        return best;
    }
}
