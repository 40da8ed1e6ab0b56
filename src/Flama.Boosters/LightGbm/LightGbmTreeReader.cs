using Flama.Trees;

namespace Flama.Boosters.LightGbm;

/// <summary>Reads the trees of a LightGBM model.</summary>
/// <remarks>
/// A cell goes left when it is at most the threshold, both float64. Missing cells count as 0, or are parted from all others, alone or together with zeros, as each
/// split says. A category of a split's set goes left; others, missing and negative ones go right. Inner nodes are numbered from 0, leaves by the complement.
/// </remarks>
internal sealed class LightGbmTreeReader
{
    private const int Categorical = 1;
    private const int DefaultLeft = 2;
    private const int MissingShift = 2;
    private const int MissingMask = 3;
    private const int MissingIsZero = 1;
    private const int MissingIsNaN = 2;
    private const int LargestDecision = Categorical + DefaultLeft + (MissingIsNaN << MissingShift);

    private readonly int features;
    private readonly SplitTreesBuilder<double> builder;
    private LinearLeaves? linear;

    /// <summary>Starts with no trees.</summary>
    /// <param name="features">How many columns.</param>
    public LightGbmTreeReader(int features)
    {
        this.features = features;

        // Fractions are cut off on the way to a category, so that −0.5 is category 0.
        builder = new(features) { Absent = 0, SetGoesRight = false, LowestCategory = Math.BitIncrement(-1.0) };
    }

    /// <summary>The smallest plain value of a leaf; +∞ before any.</summary>
    public double SmallestLeaf { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest plain value of a leaf; −∞ before any.</summary>
    public double LargestLeaf { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether leaves are linear models, which look at cells themselves.</summary>
    public bool IsLinear => linear is not null;

    /// <summary>Reads trees.</summary>
    /// <param name="trees">The trees that count; all of them are linear or none is.</param>
    /// <param name="width">Scores a row; tree t belongs to score t modulo this.</param>
    public BoostedSum<double> Read(IReadOnlyList<LightGbmSection> trees, int width)
    {
        linear = trees.Any(tree => tree.Integer("is_linear", 0) != 0) ? new() : null;
        for (var i = 0; i < trees.Count; i++)
        {
            Add(trees[i], i % width);
        }

        return new(builder.Build(), linear);
    }

    private void Add(LightGbmSection tree, int column)
    {
        var leaves = tree.Integer("num_leaves");
        if (leaves < 1)
        {
            throw tree.Fail($"it has {leaves} leaves");
        }

        var plain = tree.Numbers("leaf_value", leaves);
        SmallestLeaf = Math.Min(SmallestLeaf, plain.Min());
        LargestLeaf = Math.Max(LargestLeaf, plain.Max());
        if (HasSets(tree) && leaves == 1)
        {
            throw tree.Fail("it has sets of categories and no split");
        }

        var values = LeafValues(tree, plain);
        var splits = leaves - 1;
        var nodes = new SplitSource<double>[splits + leaves];
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            nodes[splits + leaf] = SplitSource<double>.Leaf(values[leaf], leaf);
        }

        if (splits > 0)
        {
            AddSplits(tree, nodes.AsSpan(0, splits));
        }

        builder.Add(nodes, column, tree.Fail);
    }

    private void AddSplits(LightGbmSection tree, Span<SplitSource<double>> nodes)
    {
        var feature = tree.Integers("split_feature", nodes.Length);
        var threshold = tree.Numbers("threshold", nodes.Length);
        var left = tree.Integers("left_child", nodes.Length);
        var right = tree.Integers("right_child", nodes.Length);
        var decision = tree.Has("decision_type") ? tree.Integers("decision_type", nodes.Length) : new int[nodes.Length];
        var sets = HasSets(tree) ? ReadSets(tree) : [];
        for (var i = 0; i < nodes.Length; i++)
        {
            var set = -1;
            if (decision[i] is < 0 or > LargestDecision || double.IsNaN(threshold[i]))
            {
                throw tree.Fail($"split {i} is of type {decision[i]} at the threshold {threshold[i]}");
            }

            if ((decision[i] & Categorical) != 0)
            {
                set = threshold[i] >= 0 && threshold[i] < sets.Length && threshold[i] == Math.Floor(threshold[i])
                    ? sets[(int)threshold[i]]
                    : throw tree.Fail($"split {i} is on set {threshold[i]} of {sets.Length}");
            }

            var missing = MissingOf(decision[i], threshold[i]);
            nodes[i] = new(
                missing is MissingCell.IsOne or MissingCell.IsOneWithZero ? 0.5 : Value(threshold[i]),
                Place(left[i], nodes.Length),
                Place(right[i], nodes.Length),
                feature[i],
                missing,
                set,
                i);
        }
    }

    // x > threshold is x ≥ the next number; a missing cell that goes left is −∞ and must stay below every threshold. LightGBM makes numbers next to 0 zero
    // before it compares: a threshold among them moves to the end of their range on the other side of 0.
    private static double Value(double threshold)
    {
        // No number is larger: with NaN no comparison holds.
        if (double.IsPositiveInfinity(threshold))
        {
            return double.NaN;
        }

        var value = Math.BitIncrement(threshold);
        return Math.Abs(value) > SplitCells<double>.Zero ? value : value > 0 ? Math.BitIncrement(SplitCells<double>.Zero) : -SplitCells<double>.Zero;
    }

    // A child that does not exist gets a place that does not exist.
    private static int Place(int child, int splits) => child >= 0 ? (child < splits ? child : int.MaxValue) : (int)Math.Min((long)splits + ~child, int.MaxValue);

    // Beyond a threshold of +∞ there are no numbers, only missing cells that go right.
    private static MissingCell MissingOf(int decision, double threshold)
    {
        var goesLeft = (decision & DefaultLeft) != 0;
        var isOnlyMissing = double.IsPositiveInfinity(threshold) && !goesLeft;
        return ((decision >> MissingShift) & MissingMask) switch
        {
            MissingIsZero => goesLeft ? MissingCell.GoesLeftWithZero : isOnlyMissing ? MissingCell.IsOneWithZero : MissingCell.GoesRightWithZero,
            MissingIsNaN => goesLeft ? MissingCell.GoesLeft : isOnlyMissing ? MissingCell.IsOne : MissingCell.GoesRight,
            _ => MissingCell.IsZero,
        };
    }

    private static bool HasSets(LightGbmSection tree)
    {
        var count = tree.Integer("num_cat", 0);
        return count >= 0 ? count > 0 : throw tree.Fail($"it has {count} sets of categories");
    }

    private int[] ReadSets(LightGbmSection tree)
    {
        var boundaries = tree.Integers("cat_boundaries");
        var words = tree.Words("cat_threshold");
        if (boundaries.Length == 0)
        {
            throw tree.Fail("'cat_boundaries' is empty");
        }

        if (boundaries[0] != 0 || boundaries[^1] != words.Length || boundaries.Length - 1 != tree.Integer("num_cat"))
        {
            throw tree.Fail($"it has {tree.Integer("num_cat")} sets of categories in {words.Length} words, and they go from {boundaries[0]} to {boundaries[^1]}");
        }

        var sets = new int[boundaries.Length - 1];
        for (var i = 0; i < sets.Length; i++)
        {
            if (boundaries[i] < 0 || boundaries[i] > boundaries[i + 1] || boundaries[i + 1] > words.Length)
            {
                throw tree.Fail($"set {i} of its categories ends at word {boundaries[i + 1]} of {words.Length}");
            }

            sets[i] = builder.AddSet(words.AsSpan(boundaries[i]..boundaries[i + 1]), missingRight: true);
        }

        return sets;
    }

    // Plain values, or the numbers of linear leaves.
    private double[] LeafValues(LightGbmSection tree, double[] values)
    {
        if (linear is null)
        {
            return values;
        }

        if (tree.Integer("is_linear", 0) == 0)
        {
            return Array.ConvertAll(values, value => LeafNumber.ToValue<double>(linear.Add(value, value, [], [])));
        }

        var constants = tree.Numbers("leaf_const", values.Length);
        var counts = tree.Integers("num_features", values.Length);
        var total = 0L;
        foreach (var count in counts)
        {
            total += count >= 0 ? count : throw tree.Fail($"a leaf has {count} features");
        }

        if (total > int.MaxValue)
        {
            throw tree.Fail($"its leaves have {total} features");
        }

        var columns = total == 0 && !tree.Has("leaf_features") ? [] : tree.Integers("leaf_features", (int)total);
        var factors = total == 0 && !tree.Has("leaf_coeff") ? [] : tree.Numbers("leaf_coeff", (int)total);
        foreach (var column in columns)
        {
            if ((uint)column >= (uint)features)
            {
                throw tree.Fail($"a leaf looks at feature {column} of {features}");
            }
        }

        var numbers = new double[values.Length];
        var start = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = LeafNumber.ToValue<double>(
                linear.Add(values[i], constants[i], columns.AsSpan(start, counts[i]), factors.AsSpan(start, counts[i])));
            start += counts[i];
        }

        return numbers;
    }
}
