using System.Runtime.InteropServices;
using Flama.FlatBuffers;

namespace Flama.Boosters.CatBoost.Reading;

/// <summary>Reads the trees of CatBoost's binary form.</summary>
internal static class CbmTrees
{
    /// <summary>The trees; questions are not looked at yet.</summary>
    /// <param name="trees">Their table.</param>
    /// <param name="width">Values per leaf.</param>
    /// <param name="errors">Whose they are.</param>
    public static TreeShapes Read(FlatTable trees, int width, BoosterErrors errors)
    {
        var splits = trees.Vector<int>(CbmFields.Splits);
        var sizes = trees.Vector<int>(CbmFields.Sizes);
        var starts = trees.Vector<int>(CbmFields.Starts);
        if (starts.Length != sizes.Length)
        {
            throw errors.Fail($"it has {starts.Length} starts of trees for {sizes.Length} trees");
        }

        CheckSpans(starts, sizes, splits.Length, errors);
        var shapes = new TreeShapes(trees.Vector<double>(CbmFields.LeafValues));
        var steps = trees.Vector<Step>(CbmFields.Steps);
        var leaves = trees.Vector<uint>(CbmFields.LeafOfNode);
        return steps.Length == 0 && leaves.Length == 0 ? shapes with { Splits = splits, Depths = sizes }
            : steps.Length == splits.Length && leaves.Length == splits.Length ? ReadNodes(shapes, splits, starts, sizes, steps, leaves, width, errors)
            : throw errors.Fail($"it has {splits.Length} splits, {steps.Length} steps and {leaves.Length} leaves of nodes");
    }

    private static void CheckSpans(int[] starts, int[] sizes, int splits, BoosterErrors errors)
    {
        var next = 0L;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 0 || starts[i] != next)
            {
                throw errors.Fail($"tree {i} has {sizes[i]} splits from {starts[i]}, and the one before ends at {next}");
            }

            next += sizes[i];
        }

        if (next != splits)
        {
            throw errors.Fail($"its trees have {next} splits, and {splits} are there");
        }
    }

    private static TreeShapes ReadNodes(
        TreeShapes shapes, int[] splits, int[] starts, int[] sizes, Step[] steps, uint[] leaves, int width, BoosterErrors errors)
    {
        var nodes = new TreeNode[splits.Length];
        var roots = new int[starts.Length];
        for (var tree = 0; tree < starts.Length; tree++)
        {
            var end = starts[tree] + sizes[tree];
            for (var i = starts[tree]; i < end; i++)
            {
                nodes[i] = IsLeaf(i) ? TreeNode.None : new(splits[i], Next(i, steps[i].Left, end), Next(i, steps[i].Right, end));
            }

            roots[tree] = sizes[tree] == 0 ? throw errors.Fail($"tree {tree} is empty") : Enter(starts[tree]);
        }

        return shapes with { Nodes = nodes, Roots = roots };

        int Next(int node, int step, int end) => step == 0 ? Leaf(node)
            : node + step < end ? Enter(node + step)
            : throw errors.Fail($"node {node} leads to node {node + step}, and its tree ends at {end}");

        bool IsLeaf(int node) => steps[node] is { Left: 0, Right: 0 };

        int Enter(int node) => IsLeaf(node) ? Leaf(node) : node;

        int Leaf(int node) => leaves[node] + (long)width <= shapes.LeafValues.Length
            ? ~(int)leaves[node]
            : throw errors.Fail($"node {node} has the leaf at {leaves[node]} of {shapes.LeafValues.Length} values");
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Step(ushort Left, ushort Right);
}
