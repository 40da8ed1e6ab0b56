using Flama.Pickle;

namespace Flama.Sklearn.Tree;

/// <summary>Reads <c>sklearn.tree._tree.Tree</c> objects into one ensemble, checking them on the way.</summary>
/// <param name="owner">The estimator that has the trees.</param>
/// <param name="features">How many columns it takes.</param>
/// <param name="takesMissing">Whether missing cells can come in; they go where training sent them.</param>
internal sealed class TreeReader(EstimatorState owner, int features, bool takesMissing)
{
    private readonly SplitTreesBuilder<float> builder = new(features);
    private readonly TreeNodes nodes = new();
    private readonly PooledList<double> values = new();
    private readonly PooledList<int> numbers = new();
    private int? width;

    /// <summary>Adds a tree with the values of its leaves.</summary>
    /// <param name="tree">The <c>tree_</c> object.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="normalize">Whether leaf values are counts, to be divided by their sum per output, as <see cref="LeafValues"/> tells.</param>
    /// <param name="factor">What values are multiplied by.</param>
    /// <param name="column">The first column that it adds to.</param>
    public void Add(object? tree, string place, bool normalize, double factor = 1, int column = 0)
    {
        var state = StateOf(tree, place);
        var count = nodes.Read(state, takesMissing);
        var table = state.Array("values");
        if (table.Shape.Count != 3 || !table.IsNumeric || table.Shape[0] < count)
        {
            throw state.Fail($"it has {count} nodes and its values are {PythonType.NameOf(table)}");
        }

        var classes = table.Shape[2];
        var valueWidth = table.Shape[1] * classes;
        width ??= valueWidth;
        if (width != valueWidth || valueWidth == 0)
        {
            throw state.Fail($"its leaves have {valueWidth} values and those of other trees {width}");
        }

        var all = table.ToDoubles();
        builder.Add(
            nodes.ToSplits(state, null, node =>
            {
                var leaf = all.AsSpan(node * valueWidth, valueWidth);
                for (var start = 0; normalize && start < valueWidth; start += classes)
                {
                    Normalize(leaf.Slice(start, classes));
                }

                foreach (ref var value in leaf)
                {
                    value *= factor;
                }

                values.AddRange(leaf);
                return NextLeaf(node);
            }),
            column,
            state.Fail);
    }

    /// <summary>Adds a tree whose leaves are valued by something else.</summary>
    /// <param name="tree">The <c>tree_</c> object.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="columns">For each column of the tree that of the model.</param>
    /// <param name="valueOf">The value of a leaf from the training rows in it and its depth.</param>
    public void Add(object? tree, string place, int[] columns, Func<long, int, double> valueOf)
    {
        var state = StateOf(tree, place);
        var samples = new long[nodes.Read(state, takesMissing)];
        state.Array("nodes").CopyField("n_node_samples", samples.AsSpan());
        width = 1;
        var splits = nodes.ToSplits(state, columns, node =>
        {
            values.Add(0);
            return NextLeaf(node);
        });
        foreach (var leaf in new TreeOrder().Of(splits, state.Fail))
        {
            if (splits[leaf.Node].IsLeaf)
            {
                values.Span[LeafNumber.Of(splits[leaf.Node].Value)] = valueOf(samples[leaf.Node], leaf.Depth);
            }
        }

        builder.Add(splits, 0, state.Fail);
    }

    /// <summary>The trees that were added.</summary>
    public TreeEnsemble Build() => new(builder.Build(), values.MoveToArray(), numbers.MoveToArray(), width ?? throw owner.Fail("it has no trees"));

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

    private int NextLeaf(int node)
    {
        numbers.Add(node);
        return numbers.Count - 1;
    }

    private EstimatorState StateOf(object? tree, string place) => tree is PickleObject { Class.Name: "Tree" }
        ? owner.Part(tree, place)
        : throw owner.Fail($"{place} is {PythonType.NameOf(tree)}, expected a tree");
}
