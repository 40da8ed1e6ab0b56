using Flama.Pickle;
using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tree;

/// <summary>Reads <c>sklearn.tree._tree.Tree</c> objects into one ensemble, checking them on the way.</summary>
/// <param name="owner">The estimator that has the trees.</param>
/// <param name="features">How many columns it takes.</param>
/// <param name="takesMissing">Whether missing cells can come in; they go where training sent them.</param>
internal sealed class TreeReader(EstimatorState owner, int features, bool takesMissing)
{
    private readonly TreeEnsembleBuilder<float, TreeNode<float>> builder = new(features);
    private int? width;

    /// <summary>Adds a tree with the values of its leaves.</summary>
    /// <param name="tree">The <c>tree_</c> object.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="normalize">Whether leaf values are counts, to be divided by their sum per output, as classifiers before 1.3 have them.</param>
    /// <param name="factor">What values are multiplied by.</param>
    public void Add(object? tree, string place, bool normalize, double factor = 1)
    {
        var state = StateOf(tree, place);
        var flat = Flatten(state, null);
        var values = state.Array("values");
        if (values.Shape.Count != 3 || !values.IsNumeric || values.Shape[0] < flat.Count)
        {
            throw state.Fail($"it has {flat.Count} nodes and its values are {PythonType.NameOf(values)}");
        }

        var classes = values.Shape[2];
        var valueWidth = values.Shape[1] * classes;
        width ??= valueWidth;
        if (width != valueWidth || valueWidth == 0)
        {
            throw state.Fail($"its leaves have {valueWidth} values and those of other trees {width}");
        }

        var numbers = values.ToDoubles();
        builder.Add(state, flat, (node, _, leaves) =>
        {
            var leaf = numbers.AsSpan(node * valueWidth, valueWidth);
            for (var start = 0; normalize && start < valueWidth; start += classes)
            {
                Normalize(leaf.Slice(start, classes));
            }

            foreach (var value in leaf)
            {
                leaves.Add(factor * value);
            }
        });
    }

    /// <summary>Adds a tree whose leaves are valued by something else.</summary>
    /// <param name="tree">The <c>tree_</c> object.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="columns">For each column of the tree that of the model; null when they are the same.</param>
    /// <param name="valueOf">The value of a leaf from the training rows in it and its depth.</param>
    public void Add(object? tree, string place, int[]? columns, Func<long, int, double> valueOf)
    {
        var state = StateOf(tree, place);
        var flat = Flatten(state, columns);
        var samples = Field(state, state.Array("nodes"), "n_node_samples").ToInt64s();
        width = 1;
        builder.Add(state, flat, (node, depth, leaves) => leaves.Add(valueOf(samples[node], depth)));
    }

    /// <summary>The trees that were added.</summary>
    public TreeEnsemble<float, TreeNode<float>> Build() => builder.Build(width ?? throw owner.Fail("it has no trees"));

    private static void Normalize(Span<double> leaf)
    {
        var sum = 0.0;
        foreach (var value in leaf)
        {
            sum += value;
        }

        foreach (ref var value in leaf)
        {
            value = sum == 0 ? value : value / sum;
        }
    }

    private static NdArray Field(EstimatorState state, NdArray table, string name) => table.Type.Fields.Any(field => field.Name == name)
        ? table.Field(name)
        : throw state.Fail($"its nodes have no field '{name}'");

    private EstimatorState StateOf(object? tree, string place) => tree is PickleObject { Class.Name: "Tree" }
        ? owner.Part(tree, place)
        : throw owner.Fail($"{place} is {PythonType.NameOf(tree)}, expected a tree");

    private FlatTree Flatten(EstimatorState state, int[]? columns)
    {
        var table = state.Array("nodes");
        if (table.Type.Fields.Count == 0 || table.Shape.Count != 1)
        {
            throw state.Fail($"its nodes are {PythonType.NameOf(table)}");
        }

        var count = Math.Min(state.Integer("node_count", table.Length), table.Length);
        if (count <= 0)
        {
            throw state.Fail($"it has {count} nodes");
        }

        var learntMissing = takesMissing && table.Type.Fields.Any(field => field.Name == "missing_go_to_left");
        var feature = Field(state, table, "feature").ToInt32s();
        return new(
            Field(state, table, "left_child").ToInt32s()[..count],
            Field(state, table, "right_child").ToInt32s()[..count],
            columns is null ? feature : Array.ConvertAll(feature, column => (uint)column < (uint)columns.Length ? columns[column] : -1),
            Field(state, table, "threshold").ToDoubles(),
            learntMissing ? Array.ConvertAll(Field(state, table, "missing_go_to_left").ToInt64s(), flag => flag != 0) : null);
    }
}
