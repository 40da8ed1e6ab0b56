using System.Numerics;

namespace Flama.Sklearn.Numerics;

/// <summary>Puts the trees of a model into one <see cref="TreeEnsemble{T,TNode}"/> and checks that walking them is safe.</summary>
/// <param name="features">How many columns the model takes.</param>
/// <typeparam name="T">The type cells are compared in.</typeparam>
/// <typeparam name="TNode">The nodes.</typeparam>
internal sealed class TreeEnsembleBuilder<T, TNode>(int features)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TNode : unmanaged, ITreeNode<TNode, T>
{
    private const int Kinds = 4;

    private readonly List<(T Threshold, long Cell, uint Left, uint Table)> nodes = [];
    private readonly List<TreeSpan> trees = [];
    private readonly List<int> leaves = [];
    private readonly List<int> numbers = [];
    private readonly List<double> values = [];
    private readonly List<ulong> tables = [.. new ulong[CategoryNode.TableWords]];

    /// <summary>How many trees were added.</summary>
    public int Count => trees.Count;

    /// <summary>Adds a tree.</summary>
    /// <param name="state">Whose tree it is, for errors.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="addValues">Adds the values of a leaf, told its number and depth; each leaf adds as many.</param>
    public void Add(EstimatorState state, FlatTree tree, Action<int, int, List<double>> addValues)
    {
        var (order, depths) = tree.Levels(state, features);
        var root = nodes.Count;
        var next = root + 1;
        var shallowest = int.MaxValue;
        for (var i = 0; i < order.Count; i++)
        {
            var number = order[i];
            numbers.Add(number);
            leaves.Add(values.Count);
            if (tree.IsLeaf(number))
            {
                addValues(number, depths[i], values);
                nodes.Add((T.PositiveInfinity, -1, (uint)(root + i), 0));
                shallowest = Math.Min(shallowest, depths[i]);
                continue;
            }

            nodes.Add(Split(tree, number, (uint)next));
            next += 2;
        }

        trees.Add(TreeSpan.Of((uint)root, shallowest, depths[^1]));
    }

    /// <summary>The trees that were added.</summary>
    /// <param name="width">Values a leaf.</param>
    public TreeEnsemble<T, TNode> Build(int width)
    {
        long[] cells = [.. nodes.Select(node => node.Cell).Where(cell => cell >= 0).Distinct().Order()];
        var slots = new Dictionary<long, uint>(cells.Length);
        foreach (var cell in cells)
        {
            slots.Add(cell, (uint)slots.Count);
        }

        return new(
            new([.. cells.Select(cell => (int)(cell / Kinds))], [.. cells.Select(cell => (CellKind)(cell % Kinds))]),
            [.. nodes.Select(node => TNode.Make(
                node.Threshold, node.Cell < 0 ? 0 : checked(slots[node.Cell] * TreeCells<T>.RowBlock), node.Left, node.Table))],
            [.. trees],
            [.. leaves],
            [.. numbers],
            [.. values],
            [.. tables],
            width);
    }

    private (T Threshold, long Cell, uint Left, uint Table) Split(FlatTree tree, int node, uint left)
    {
        var column = (long)tree.Feature[node] * Kinds;
        if (tree.Tables?[node] is { } table)
        {
            tables.AddRange(table);
            return (T.PositiveInfinity, column + (int)CellKind.Category, left, (uint)(tables.Count - table.Length));
        }

        var threshold = RoundDown(tree.Threshold[node]);
        var kind = tree.MissingLeft is null || tree.MissingLeft[node] ? CellKind.MissingLeft
            : T.IsPositiveInfinity(threshold) ? CellKind.IsMissing
            : CellKind.MissingRight;
        return (kind == CellKind.IsMissing ? T.CreateTruncating(0.5) : threshold, column + (int)kind, left, 0);
    }

    // The largest number of the type that is not above the threshold: x <= threshold is then the same for every x of the type.
    private static T RoundDown(double threshold)
    {
        var rounded = T.CreateTruncating(threshold);
        return double.CreateTruncating(rounded) > threshold ? T.BitDecrement(rounded) : rounded;
    }
}
