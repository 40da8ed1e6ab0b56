using Flama.Pickle;
using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>Reads the <c>TreePredictor</c> objects of histogram gradient boosting.</summary>
/// <remarks>
/// Nodes are records whose layout changed twice (0.24, 1.3), so they are read by name. Categories are bit sets: those that go left are
/// stored with the tree, those that training knew with the bins; a category that is unknown goes where missing cells go.
/// </remarks>
internal sealed class HistTreeReader
{
    private const int Categories = 256;
    private const int WordBits = 32;

    private readonly EstimatorState owner;
    private readonly bool[]?[] known;

    /// <summary>Reads what training knew of categories.</summary>
    /// <param name="owner">The estimator.</param>
    /// <param name="features">How many columns trees see.</param>
    public HistTreeReader(EstimatorState owner, int features)
    {
        this.owner = owner;
        known = new bool[features][];
        var name = owner.FirstOf("_bin_mapper", "bin_mapper_");
        if (owner.Value(name) is not PickleObject)
        {
            return;
        }

        var mapper = owner.Part(owner.Value(name), name);
        if (mapper.Value("is_categorical_") is not NdArray { IsNumeric: true } flags)
        {
            return;
        }

        var isCategorical = flags.ToInt64s();
        var thresholds = mapper.List("bin_thresholds_");
        if (isCategorical.Length != features || thresholds.Count != features)
        {
            throw mapper.Fail($"it has bins for {thresholds.Count} features, and the model takes {features}");
        }

        for (var i = 0; i < features; i++)
        {
            known[i] = isCategorical[i] == 0 ? null : Set(mapper.AsVector(thresholds[i], $"bin_thresholds_[{i}]"));
        }
    }

    /// <summary>Reads a tree.</summary>
    /// <param name="predictor">The object.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="values">The values of its nodes.</param>
    public FlatTree Read(object? predictor, string place, out double[] values)
    {
        var state = owner.Part(predictor, place);
        var nodes = state.Array("nodes");
        if (nodes.Type.Fields.Count == 0 || nodes.Shape.Count != 1 || nodes.Length == 0)
        {
            throw state.Fail($"its nodes are {PythonType.NameOf(nodes)}");
        }

        values = Field(state, nodes, "value").ToDoubles();
        var missingLeft = Flags(state, nodes, "missing_go_to_left");
        var feature = Field(state, nodes, "feature_idx").ToInt64s();
        return new(
            Children(state, nodes, "left"),
            Children(state, nodes, "right"),
            Array.ConvertAll(feature, column => (ulong)column < (ulong)known.Length ? (int)column : -1),
            Field(state, nodes, HasField(nodes, "num_threshold") ? "num_threshold" : "threshold").ToDoubles(),
            missingLeft,
            HasField(nodes, "is_categorical") ? Tables(state, nodes, feature, missingLeft) : null);
    }

    private static bool[] Set(double[] categories)
    {
        var set = new bool[Categories];
        foreach (var category in categories)
        {
            set[category is >= 0 and < Categories ? (int)category : 0] = true;
        }

        return set;
    }

    private static bool HasField(NdArray nodes, string name) => nodes.Type.Fields.Any(field => field.Name == name);

    private static NdArray Field(EstimatorState state, NdArray nodes, string name) =>
        HasField(nodes, name) ? nodes.Field(name) : throw state.Fail($"its nodes have no field '{name}'");

    private static bool[] Flags(EstimatorState state, NdArray nodes, string name) =>
        Array.ConvertAll(Field(state, nodes, name).ToInt64s(), flag => flag != 0);

    // Leaves have children 0; a child beyond int cannot exist and is refused with those that do not.
    private static int[] Children(EstimatorState state, NdArray nodes, string name)
    {
        var children = Field(state, nodes, name).ToInt64s();
        var isLeaf = Flags(state, nodes, "is_leaf");
        return [.. children.Select((child, i) => isLeaf[i] ? -1 : (int)Math.Min(child, int.MaxValue))];
    }

    private ulong[]?[]? Tables(EstimatorState state, NdArray nodes, long[] feature, bool[] missingLeft)
    {
        var isCategorical = Flags(state, nodes, "is_categorical");
        var isLeaf = Flags(state, nodes, "is_leaf");
        if (!isCategorical.Contains(true))
        {
            return null;
        }

        var sets = Field(state, nodes, "bitset_idx").ToInt64s();
        var array = state.Array("raw_left_cat_bitsets");
        if (array.Shape.Count != 2 || array.Shape[1] * WordBits != Categories)
        {
            throw state.Fail($"its sets of categories are {PythonType.NameOf(array)}, expected {Categories / WordBits} words each");
        }

        var words = array.ToInt64s();
        var tables = new ulong[]?[nodes.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            if (!isCategorical[i] || isLeaf[i])
            {
                continue;
            }

            var categories = (ulong)feature[i] < (ulong)known.Length ? known[feature[i]] : null;
            if (categories is null || (ulong)sets[i] >= (ulong)array.Shape[0])
            {
                throw state.Fail($"node {i} splits the categories of feature {feature[i]}, which has none, by set {sets[i]} of {array.Shape[0]}");
            }

            tables[i] = Table(words.AsSpan((int)sets[i] * (Categories / WordBits), Categories / WordBits), categories, missingLeft[i]);
        }

        return tables;
    }

    private static ulong[] Table(ReadOnlySpan<long> left, bool[] known, bool missingLeft)
    {
        var table = new ulong[CategoryNode.TableWords];
        for (var category = 0; category <= Categories; category++)
        {
            var isKnown = category < Categories && known[category];
            var isLeft = category < Categories && ((left[category / WordBits] >> (category % WordBits)) & 1) != 0;
            if (!isLeft && (isKnown || !missingLeft))
            {
                table[category / 64] |= 1UL << (category % 64);
            }
        }

        return table;
    }
}
