using Flama.Pickle;
using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tree;

/// <summary>Reads <c>sklearn.tree._tree.Tree</c> objects into one <see cref="TreeEnsemble"/> and checks that walking them is safe.</summary>
/// <remarks>
/// A child's number must be above its parent's, which rules out cycles (true of every tree that scikit-learn writes); features must be among the
/// model's; every node must have its values.
/// </remarks>
internal sealed class TreeReader(EstimatorState owner, int features)
{
    private readonly List<TreeNode> nodes = [];
    private readonly List<int> roots = [];
    private readonly List<double> values = [];
    private int? width;

    /// <summary>Whether some tree learnt where missing values go (since 1.3).</summary>
    public bool LearntMissing { get; private set; }

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The <c>tree_</c> object.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="normalize">Whether leaf values are counts, to be divided by their sum per output, as classifiers before 1.3 have them.</param>
    public void Add(object? tree, string place, bool normalize)
    {
        if (tree is not PickleObject { Class.Name: "Tree" })
        {
            throw owner.Fail($"{place} is {PythonType.NameOf(tree)}, expected a tree");
        }

        var state = owner.Part(tree, place);
        var table = state.Array("nodes");
        var leafValues = state.Array("values");
        if (table.Type.Fields.Count == 0 || table.Shape.Count != 1 || leafValues.Shape.Count != 3 || !leafValues.IsNumeric)
        {
            throw state.Fail($"its nodes are {PythonType.NameOf(table)} and its values {PythonType.NameOf(leafValues)}");
        }

        var count = Math.Min(state.Integer("node_count", table.Length), table.Length);
        if (count == 0 || leafValues.Shape[0] < count)
        {
            throw state.Fail($"it has {count} nodes and values for {leafValues.Shape[0]}");
        }

        var valueWidth = leafValues.Shape[1] * leafValues.Shape[2];
        width ??= valueWidth;
        if (width != valueWidth || valueWidth == 0)
        {
            throw state.Fail($"its leaves have {valueWidth} values and those of other trees {width}");
        }

        AddNodes(state, table, count, leafValues.ToDoubles(), valueWidth, normalize ? leafValues.Shape[2] : 0);
    }

    /// <summary>The trees that were added.</summary>
    public TreeEnsemble Build() => new([.. nodes], [.. roots], [.. values], width ?? 1);

    private void AddNodes(EstimatorState state, NdArray table, int count, double[] leafValues, int valueWidth, int classes)
    {
        var left = Field(state, table, "left_child").ToInt64s();
        var right = Field(state, table, "right_child").ToInt64s();
        var feature = Field(state, table, "feature").ToInt64s();
        var threshold = Field(state, table, "threshold").ToDoubles();
        var missingLeft = table.Type.Fields.Any(field => field.Name == "missing_go_to_left") ? Field(state, table, "missing_go_to_left").ToInt64s() : null;
        var root = nodes.Count;
        roots.Add(root);
        for (var i = 0; i < count; i++)
        {
            if (left[i] == -1)
            {
                nodes.Add(new TreeNode(0, -1, values.Count, 0));
                AddValues(leafValues.AsSpan(i * valueWidth, valueWidth), classes);
                continue;
            }

            if (left[i] <= i || right[i] <= i || left[i] >= count || right[i] >= count)
            {
                throw state.Fail($"node {i} has the children {left[i]} and {right[i]} among {count} nodes");
            }

            if (feature[i] < 0 || feature[i] >= features || feature[i] > TreeNode.MaxFeature)
            {
                throw state.Fail($"node {i} splits on feature {feature[i]} of {features}");
            }

            var direction = missingLeft is not null && missingLeft[i] != 0 ? TreeNode.MissingGoesLeft : 0;
            LearntMissing |= missingLeft is not null;
            nodes.Add(new TreeNode(RoundDown(threshold[i]), (int)feature[i] | direction, root + (int)left[i], root + (int)right[i]));
        }
    }

    private void AddValues(ReadOnlySpan<double> leaf, int classes)
    {
        if (classes == 0)
        {
            values.AddRange(leaf);
            return;
        }

        for (var start = 0; start < leaf.Length; start += classes)
        {
            var output = leaf.Slice(start, classes);
            var sum = 0.0;
            foreach (var value in output)
            {
                sum += value;
            }

            foreach (var value in output)
            {
                values.Add(sum == 0 ? value : value / sum);
            }
        }
    }

    private static NdArray Field(EstimatorState state, NdArray table, string name) => table.Type.Fields.Any(field => field.Name == name)
        ? table.Field(name)
        : throw state.Fail($"its nodes have no field '{name}'");

    // The largest float32 that is not above the threshold; x <= threshold is then the same for every float32 x.
    private static float RoundDown(double threshold)
    {
        var rounded = (float)threshold;
        return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
    }
}
