using Flama.Boosters.CatBoost;

namespace Flama.Boosters.Tests.CatBoost;

/// <summary>Models made at random, and their answers computed as they are described: question by question, without bins.</summary>
internal static class HandMadeModel
{
    public static BoosterErrors Errors { get; } = new(
        what => new FlamaException(ErrorCodes.InvalidModel, what), what => new FlamaException(ErrorCodes.UnsupportedEstimator, what));

    /// <summary>A model of numbers whose trees have up to a depth.</summary>
    public static CatBoostContent Symmetric(Random random, int features, int borders, int trees, int depth, int width)
    {
        var depths = Enumerable.Range(0, trees).Select(_ => random.Next(depth + 1)).ToArray();
        return Content(random, features, borders, width, new TreeShapes(Leaves(random, depths.Sum(levels => width << levels)))
        {
            Depths = depths,
            Splits = [.. Enumerable.Range(0, depths.Sum()).Select(_ => random.Next(features * borders))],
        });
    }

    /// <summary>A model of numbers whose trees are chains: each node has a leaf and the next node.</summary>
    public static CatBoostContent Chains(Random random, int features, int borders, int trees, int depth, int width)
    {
        List<TreeNode> nodes = [];
        List<int> roots = [];
        var leaves = 0;
        for (var tree = 0; tree < trees; tree++)
        {
            roots.Add(nodes.Count);
            for (var level = 0; level < depth; level++)
            {
                var leaf = ~(leaves++ * width);
                var next = level < depth - 1 ? nodes.Count + 1 : ~(leaves++ * width);
                nodes.Add(random.Next(2) == 0 ? new(random.Next(features * borders), leaf, next) : new(random.Next(features * borders), next, leaf));
            }
        }

        return Content(random, features, borders, width, new TreeShapes(Leaves(random, leaves * width)) { Nodes = [.. nodes], Roots = [.. roots] });
    }

    /// <summary>Rows with missing and infinite numbers, and numbers that are borders.</summary>
    public static double[] Rows(Random random, CatBoostContent content, int rows) =>
    [
        .. Enumerable.Range(0, rows * content.Floats.Count).Select(i => random.Next(12) switch
        {
            0 => double.NaN,
            1 => double.NegativeInfinity,
            2 => double.PositiveInfinity,
            3 => content.Floats[i % content.Floats.Count].Borders[0],
            _ => (random.NextDouble() * 2.4) - 1.2,
        }),
    ];

    /// <summary>The raw numbers of one row.</summary>
    public static double[] Score(CatBoostContent content, ReadOnlySpan<double> row)
    {
        var sums = new double[content.Width];
        var cells = row.ToArray();
        var answers = content.Floats.SelectMany(feature => feature.Borders.Select(border =>
            (double.IsNaN(cells[feature.Column]) ? feature.Missing : (float)cells[feature.Column]) > border)).ToArray();
        var (split, leaf) = (0, 0);
        foreach (var depth in content.Trees.Depths)
        {
            var number = Enumerable.Range(0, depth).Sum(level => answers[content.Trees.Splits[split + level]] ? 1 << level : 0);
            Add(sums, content, leaf + (number * content.Width));
            (split, leaf) = (split + depth, leaf + (content.Width << depth));
        }

        foreach (var root in content.Trees.Roots)
        {
            var node = root;
            while (node >= 0)
            {
                node = answers[content.Trees.Nodes[node].Split] ? content.Trees.Nodes[node].WhenTrue : content.Trees.Nodes[node].WhenFalse;
            }

            Add(sums, content, ~node);
        }

        return [.. sums.Select((sum, i) => (content.Scale * sum) + content.Bias[i])];
    }

    private static void Add(double[] sums, CatBoostContent content, int leaf)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += content.Trees.LeafValues[leaf + i];
        }
    }

    private static double[] Leaves(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private static CatBoostContent Content(Random random, int features, int borders, int width, TreeShapes trees) => new()
    {
        Floats =
        [
            .. Enumerable.Range(0, features).Select(i => new FloatFeature(
                i,
                i,
                "",
                (i % 3) switch { 0 => float.NaN, 1 => float.NegativeInfinity, _ => float.PositiveInfinity },
                [.. Enumerable.Range(0, borders).Select(_ => (random.NextSingle() * 2) - 1).Order()])),
        ],
        Categories = [],
        OneHots = [],
        Ctrs = [],
        Trees = trees,
        Width = width,
        Scale = 1.5,
        Bias = [.. Enumerable.Range(0, width).Select(i => i - 0.25)],
        Info = new Dictionary<string, string>(),
    };
}
