namespace Flama.Boosters.CatBoost;

/// <summary>Trees whose nodes each ask a question of their own.</summary>
internal sealed class NestedTrees : ICatBoostTrees
{
    private readonly TreeNode[] nodes;
    private readonly BinQuestion[] asked;
    private readonly int[] roots;
    private readonly double[] leaves;
    private readonly int width;

    /// <summary>Checks and takes the trees.</summary>
    /// <param name="shapes">The trees; each node leads to later ones, so that every walk ends.</param>
    /// <param name="questions">What each binary feature has become.</param>
    /// <param name="width">Values per leaf.</param>
    /// <param name="errors">Whose they are.</param>
    public NestedTrees(TreeShapes shapes, BinQuestion[] questions, int width, BoosterErrors errors)
    {
        this.width = width;
        leaves = shapes.LeafValues;
        roots = shapes.Roots;
        nodes = shapes.Nodes;
        asked = Array.ConvertAll(nodes, node => node == TreeNode.None ? default : questions[node.Split]);
        CheckReferences(errors);
    }

    /// <inheritdoc/>
    public void AddOne(ReadOnlySpan<byte> answers, Span<double> sums)
    {
        foreach (var root in roots)
        {
            var node = root;
            while (node >= 0)
            {
                node = answers[asked[node].Answer] != 0 ? nodes[node].WhenTrue : nodes[node].WhenFalse;
            }

            AddLeaf(~node, sums);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> bins, int stride, int rows, Span<double> sums)
    {
        foreach (var root in roots)
        {
            for (var row = 0; row < rows; row++)
            {
                AddLeaf(LeafOf(root, bins[row..], stride), sums.Slice(row * width, width));
            }
        }
    }

    private int LeafOf(int node, ReadOnlySpan<byte> bins, int stride)
    {
        while (node >= 0)
        {
            var split = asked[node].Split;
            node = bins[BinSplit.BinOf(split) * stride] >= BinSplit.ThresholdOf(split) ? nodes[node].WhenTrue : nodes[node].WhenFalse;
        }

        return ~node;
    }

    private void AddLeaf(int start, Span<double> sums)
    {
        var values = leaves.AsSpan(start, width);
        for (var i = 0; i < values.Length; i++)
        {
            sums[i] += values[i];
        }
    }

    // A node that several lead to, or none, does not belong to a tree.
    private void CheckReferences(BoosterErrors errors)
    {
        var leads = new int[nodes.Length];
        foreach (var root in roots)
        {
            Count(root);
        }

        foreach (var node in nodes)
        {
            if (node != TreeNode.None)
            {
                Count(node.WhenFalse);
                Count(node.WhenTrue);
            }
        }

        for (var i = 0; i < nodes.Length; i++)
        {
            if (leads[i] != 1 && nodes[i] != TreeNode.None)
            {
                throw errors.Fail($"{leads[i]} nodes lead to node {i} of its trees");
            }
        }

        void Count(int node)
        {
            if (node >= 0)
            {
                leads[node]++;
            }
        }
    }
}
