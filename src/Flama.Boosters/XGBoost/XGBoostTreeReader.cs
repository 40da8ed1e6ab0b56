using System.Globalization;
using System.Numerics;
using Flama.Json;
using Flama.Trees;

namespace Flama.Boosters.XGBoost;

/// <summary>Reads the trees of a booster's document.</summary>
/// <remarks>
/// A cell goes left when it is less than the threshold, both float32; a category goes left unless it is in the split's set. Leaves hold
/// their value where splits hold the threshold, or, with several targets a tree, in an array of their own. Nodes that pruning deleted stay in the file; no node leads
/// to them.
/// </remarks>
internal sealed class XGBoostTreeReader
{
    private const int MaxVectorLeaves = 1 << 24;
    private const int MaxCategory = 1 << 24;

    // 64 megabytes; a file of a few bytes can name any category.
    private const int MaxWords = 1 << 24;

    private readonly BoosterErrors errors;
    private readonly int features;
    private readonly int width;
    private readonly SplitTreesBuilder<float> builder;
    private readonly List<float> vectors = [];
    private readonly float[] examples;
    private SplitSource<float>[] buffer = [];
    private int words;

    /// <summary>Starts with no trees.</summary>
    /// <param name="errors">Whose trees they are, for errors.</param>
    /// <param name="features">How many columns.</param>
    /// <param name="width">Scores a row.</param>
    /// <param name="marker">A number that counts as missing; NaN for none.</param>
    /// <param name="examples">For each column the first number that a split compares with; left alone where there is none.</param>
    public XGBoostTreeReader(BoosterErrors errors, int features, int width, float marker, float[] examples)
    {
        this.errors = errors;
        this.features = features;
        this.width = width;
        this.examples = examples;
        builder = new(features) { NumbersLeaves = true, Marker = marker, Absent = float.NaN, SetGoesRight = true, LowestCategory = 0 };
    }

    /// <summary>Reads the trees of a model, up to a limit.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="count">How many count.</param>
    /// <param name="groups">The column of each tree.</param>
    /// <param name="weights">What each tree's leaves are multiplied by; null for 1.</param>
    public BoostedSum<float> Read(IReadOnlyList<DocumentObject> trees, int count, int[] groups, float[]? weights)
    {
        for (var i = 0; i < count; i++)
        {
            Add(trees[i], i, groups[i], weights is null ? 1 : weights[i]);
        }

        return new(builder.Build(), vectors.Count > 0 ? new VectorLeaves([.. vectors], width) : null);
    }

    private void Add(DocumentObject tree, int index, int group, float weight)
    {
        Func<string, FlamaException> fail = what => errors.Fail($"tree {index} of its booster: {what}");
        var left = Integers(tree, "left_children", null, fail);
        CheckParameter(tree, "num_nodes", left.Length, fail);
        CheckParameter(tree, "num_feature", features, fail);
        var right = Integers(tree, "right_children", left.Length, fail);
        var feature = Integers(tree, "split_indices", left.Length, fail);
        var defaultLeft = Flags(tree, "default_left", left.Length, fail);
        var value = tree.Numbers("split_conditions")?.ToSingles();
        if (value is null || value.Length != left.Length)
        {
            throw fail($"it has {value?.Length ?? 0} thresholds for {left.Length} nodes");
        }

        var sets = ReadSets(tree, defaultLeft, left.Length, fail);
        var leaves = VectorSize(tree, fail) > 1 ? LeafVectors.Of(tree) : null;
        if (buffer.Length < left.Length)
        {
            buffer = new SplitSource<float>[(int)BitOperations.RoundUpToPowerOf2((uint)left.Length)];
        }

        var nodes = buffer.AsSpan(0, left.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = IsLeaf(left[i], right[i], leaves)
                ? SplitSource<float>.Leaf(leaves is null ? value[i] * weight : AddVector(leaves, i, right[i], fail), i)
                : new(
                    Threshold(value[i]),
                    left[i] >= 0 ? left[i] : int.MaxValue,
                    right[i],
                    feature[i],
                    defaultLeft[i] != 0 ? MissingCell.GoesLeft : MissingCell.GoesRight,
                    sets is null ? -1 : sets[i],
                    i);
        }

        builder.Add(nodes, group, fail);
        OfferExamples(nodes);
    }

    // Both children are −1, except that leaves of vectors have their number on the right. Anything else that is negative is a child that does not exist,
    // which counts where a node leads to it.
    private static bool IsLeaf(int left, int right, LeafVectors? leaves) => left == -1 && (right == -1 || leaves is { AreNumbered: true });

    private void OfferExamples(ReadOnlySpan<SplitSource<float>> nodes)
    {
        foreach (ref readonly var node in nodes)
        {
            if (!node.IsLeaf && (uint)node.Feature < (uint)examples.Length && float.IsNaN(examples[node.Feature]))
            {
                examples[node.Feature] = node.Set >= 0 ? 0 : node.Value;
            }
        }
    }

    // A missing cell that goes left is −∞ and must stay below every threshold.
    private static float Threshold(float threshold) => float.IsNaN(threshold) || float.IsNegativeInfinity(threshold) ? -float.MaxValue : threshold;

    private int VectorSize(DocumentObject tree, Func<string, FlamaException> fail)
    {
        var text = tree.Object("tree_param")?.Text("size_leaf_vector") ?? "0";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            throw fail($"its leaves have '{text}' values");
        }

        return size <= 1 ? 1 : size == width ? size : throw fail($"its leaves have {size} values for {width} scores");
    }

    private float AddVector(LeafVectors leaves, int node, int right, Func<string, FlamaException> fail)
    {
        var at = (long)(leaves.AreNumbered ? right : node) * width;
        if (at < 0 || at + width > leaves.Values.Length || vectors.Count / width >= MaxVectorLeaves)
        {
            throw fail($"the values of leaf {node} are not there");
        }

        vectors.AddRange(leaves.Values.AsSpan((int)at, width));
        return LeafNumber.ToValue<float>((vectors.Count / width) - 1);
    }

    // For each node the number of its set, or −1; null when the tree has no set.
    private int[]? ReadSets(DocumentObject tree, byte[] defaultLeft, int nodes, Func<string, FlamaException> fail)
    {
        if (tree["split_type"] is null || tree.Numbers("categories_nodes") is not { Count: > 0 } categoricalNodes)
        {
            CheckTypes(tree, null, fail);
            return null;
        }

        var at = categoricalNodes.ToIntegers();
        var segments = Integers(tree, "categories_segments", at.Length, fail);
        var sizes = Integers(tree, "categories_sizes", at.Length, fail);
        var categories = tree.Numbers("categories")?.ToIntegers() ?? [];
        var sets = new int[nodes];
        sets.AsSpan().Fill(-1);
        var end = 0L;
        for (var i = 0; i < at.Length; i++)
        {
            if ((uint)at[i] >= (uint)nodes || sets[at[i]] >= 0 || segments[i] != end || sizes[i] < 0 || (end += sizes[i]) > categories.Length)
            {
                throw fail($"the categories of node {at[i]} are not there");
            }

            sets[at[i]] = builder.AddSet(Bits(categories.AsSpan(segments[i], sizes[i]), fail), defaultLeft[at[i]] == 0);
        }

        if (end != categories.Length)
        {
            throw fail($"its splits have {end} categories of {categories.Length}");
        }

        CheckTypes(tree, sets, fail);
        return sets;
    }

    // A split is of type 1 where it has a set, else of type 0; files before categories have no types.
    private static void CheckTypes(DocumentObject tree, int[]? sets, Func<string, FlamaException> fail)
    {
        var numbers = tree.Numbers("split_type");
        if (numbers is null || (sets is null && numbers.IsZero))
        {
            return;
        }

        var types = numbers.ToIntegers();
        for (var i = 0; i < types.Length; i++)
        {
            if (types[i] != (sets is not null && i < sets.Length && sets[i] >= 0 ? 1 : 0))
            {
                throw fail($"node {i} is of type {types[i]}, which its categories contradict");
            }
        }
    }

    // What the tree tells of itself, where it does: the binary form does not.
    private static void CheckParameter(DocumentObject tree, string name, int actual, Func<string, FlamaException> fail)
    {
        if (tree.Object("tree_param")?.Text(name) is { } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told == actual))
        {
            throw fail($"its parameter '{name}' is {Excerpt.Of(text)}, and {actual} are there");
        }
    }

    private uint[] Bits(ReadOnlySpan<int> categories, Func<string, FlamaException> fail)
    {
        var largest = -1;
        foreach (var category in categories)
        {
            largest = category is >= 0 and < MaxCategory ? Math.Max(largest, category) : throw fail($"a split is on category {category}");
        }

        words += (largest / 32) + 1;
        if (words > MaxWords)
        {
            throw fail($"the sets of categories need more than {MaxWords} words");
        }

        var bits = new uint[(largest / 32) + 1];
        foreach (var category in categories)
        {
            bits[category / 32] |= 1u << (category % 32);
        }

        return bits;
    }

    private static int[] Integers(DocumentObject tree, string name, int? count, Func<string, FlamaException> fail)
    {
        var array = tree.Numbers(name)?.ToIntegers() ?? throw fail($"it has no '{name}'");
        return count is null || array.Length == count ? array : throw fail($"'{name}' has {array.Length} entries, expected {count}");
    }

    // Ones and zeros, or, before 1.3, words.
    private static byte[] Flags(DocumentObject tree, string name, int count, Func<string, FlamaException> fail)
    {
        var flags = tree.Numbers(name) is { } numbers
            ? numbers.ToFlags() ?? throw fail($"'{name}' has an entry that is neither 0 nor 1")
            : [.. tree.List(name)?.Select(flag => flag is bool set ? (byte)(set ? 1 : 0) : throw fail($"'{name}' has an entry that is neither true nor false"))
                ?? throw fail($"it has no '{name}'")];
        return flags.Length == count ? flags : throw fail($"'{name}' has {flags.Length} entries, expected {count}");
    }

    // Since 3.0 the right child of a leaf is its number in an array of leaves; before that the array has an entry a node.
    private sealed record LeafVectors(float[] Values, bool AreNumbered)
    {
        public static LeafVectors Of(DocumentObject tree) => tree.Numbers("leaf_weights") is { } leaves
            ? new(leaves.ToSingles(), true)
            : new(tree.Numbers("base_weights")?.ToSingles() ?? [], false);
    }
}
