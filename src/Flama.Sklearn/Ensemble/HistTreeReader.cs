using Flama.Pickle;
using Flama.Pickle.Numpy;

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
    private readonly SplitTreesBuilder<double> builder;
    private readonly bool[]?[] known;
    private readonly HistNodes nodes = new();

    /// <summary>Reads what training knew of categories.</summary>
    /// <param name="owner">The estimator.</param>
    /// <param name="features">How many columns trees see.</param>
    /// <param name="builder">Takes the trees.</param>
    public HistTreeReader(EstimatorState owner, int features, SplitTreesBuilder<double> builder)
    {
        this.builder = builder;
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
    /// <param name="column">The score that it adds to.</param>
    public void Add(object? predictor, string place, int column)
    {
        var state = owner.Part(predictor, place);
        nodes.Read(state);
        var tables = nodes.HasCategories ? AddTables(state) : null;
        builder.Add(nodes.ToSplits(state, tables), column, state.Fail);
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

    // For each node the number of its table; −1 for those that compare numbers.
    private int[] AddTables(EstimatorState state)
    {
        var array = state.Array("raw_left_cat_bitsets");
        if (array.Shape.Count != 2 || array.Shape[1] * WordBits != Categories)
        {
            throw state.Fail($"its sets of categories are {PythonType.NameOf(array)}, expected {Categories / WordBits} words each");
        }

        var words = array.ToInt64s();
        var tables = new int[nodes.Count];
        for (var i = 0; i < tables.Length; i++)
        {
            if (!nodes.IsCategorical(i, out var feature, out var set, out var missingLeft))
            {
                tables[i] = -1;
                continue;
            }

            var categories = (uint)feature < (uint)known.Length ? known[feature] : null;
            if (categories is null || (uint)set >= (uint)array.Shape[0])
            {
                throw state.Fail($"node {i} splits the categories of feature {feature}, which has none, by set {set} of {array.Shape[0]}");
            }

            tables[i] = builder.AddTable(Table(words.AsSpan(set * (Categories / WordBits), Categories / WordBits), categories, missingLeft));
        }

        return tables;
    }

    private static ulong[] Table(ReadOnlySpan<long> left, bool[] known, bool missingLeft)
    {
        var table = new ulong[TableSplit.TableWords];
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
