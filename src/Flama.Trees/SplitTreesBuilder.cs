using System.Numerics;
using Flama.Trees.Numerics;

namespace Flama.Trees;

/// <summary>Puts the trees of a model into one <see cref="SplitTrees{T}"/> and checks that walking them is safe.</summary>
/// <param name="features">How many columns the model takes.</param>
/// <typeparam name="T">The type cells are compared in.</typeparam>
internal sealed class SplitTreesBuilder<T>(int features)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Two gigabytes of scikit-learn's own nodes; a file of a few bytes can name one tree any number of times.
    private const int MaxNodes = 1 << 25;

    private readonly TreeOrder order = new();
    private readonly PooledList<(T Value, int Slot, int Step)> nodes = new();
    private readonly PooledList<int> numbers = new();
    private readonly List<TreeSpan> trees = [];
    private readonly List<int> columns = [];
    private readonly SlotTable slots = new(features);
    private readonly List<ulong> tables = [.. new ulong[TableSplit.TableWords]];
    private readonly List<uint> words = [];
    private readonly List<int> starts = [0];
    private readonly List<bool> missingGoesRight = [];

    /// <summary>A number that counts as missing; NaN for none.</summary>
    public T Marker { get; init; } = T.NaN;

    /// <summary>The cells that sparse rows leave out: NaN where they are missing, else 0.</summary>
    public T Absent { get; init; }

    /// <summary>Whether a category of a set goes right (XGBoost), or left (LightGBM).</summary>
    public bool SetGoesRight { get; init; }

    /// <summary>The lowest number that a category is read from.</summary>
    public double LowestCategory { get; init; }

    /// <summary>Whether <see cref="SplitTrees{T}.FindLeaves"/> will be asked for.</summary>
    public bool NumbersLeaves { get; init; }

    /// <summary>Adds a set of any number of categories, for splits where missing cells stay missing.</summary>
    /// <param name="bits">One bit a category.</param>
    /// <param name="missingRight">Whether missing cells go right.</param>
    /// <returns>Its number.</returns>
    public int AddSet(ReadOnlySpan<uint> bits, bool missingRight)
    {
        words.AddRange(bits);
        starts.Add(words.Count);
        missingGoesRight.Add(missingRight);
        return missingGoesRight.Count - 1;
    }

    /// <summary>Adds a table of up to 256 categories, for splits where cells are <see cref="MissingCell.IsCategory"/>.</summary>
    /// <param name="bits">See <see cref="TableSplit"/>.</param>
    /// <returns>Its number.</returns>
    public int AddTable(ReadOnlySpan<ulong> bits)
    {
        tables.AddRange(bits[..TableSplit.TableWords]);
        return tables.Count - TableSplit.TableWords;
    }

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">Its nodes; those that the root does not lead to are left out.</param>
    /// <param name="column">The column it adds to.</param>
    /// <param name="fail">Makes the error of a tree that contradicts itself.</param>
    /// <exception cref="FlamaException">A child or feature does not exist, or a node has two parents.</exception>
    public void Add(ReadOnlySpan<SplitSource<T>> tree, int column, Func<string, FlamaException> fail)
    {
        if (tree.IsEmpty)
        {
            throw fail("it has no nodes");
        }

        var places = order.Of(tree, fail);
        var root = nodes.Count;
        if (root + places.Length > MaxNodes)
        {
            throw fail($"the trees up to this one have more than {MaxNodes} nodes");
        }

        var added = nodes.Extend(places.Length);
        if (NumbersLeaves)
        {
            var addedNumbers = numbers.Extend(places.Length);
            for (var i = 0; i < places.Length; i++)
            {
                addedNumbers[i] = tree[places[i].Node].Number;
            }
        }

        var shallowest = int.MaxValue;
        var deepest = 0;
        for (var i = 0; i < places.Length; i++)
        {
            ref readonly var place = ref places[i];
            ref readonly var node = ref tree[place.Node];
            if (node.IsLeaf)
            {
                added[i] = (node.Value, 0, 0);
                shallowest = Math.Min(shallowest, place.Depth);
                deepest = Math.Max(deepest, place.Depth);
                continue;
            }

            if ((uint)node.Feature >= (uint)features)
            {
                throw fail($"node {place.Node} splits on feature {node.Feature} of {features}");
            }

            added[i] = node.Set < 0
                ? (node.Value, slots.Of(node.Feature, node.Missing), place.Step)
                : (T.CreateTruncating(node.Set), slots.Of(node.Feature, node.Missing == MissingCell.IsCategory ? node.Missing : MissingCell.Stays), place.Step);
        }

        trees.Add(TreeSpan.Of((uint)root, shallowest, deepest));
        columns.Add(column);
    }

    /// <summary>The trees that were added; the builder is empty afterwards.</summary>
    public SplitTrees<T> Build()
    {
        var places = slots.Sort(out var columnOf, out var kinds, out var leafSlot);
        var cells = new SplitCells<T>(columnOf, kinds, leafSlot, Marker, Absent);
        var largest = cells.Count;
        foreach (ref readonly var node in nodes.Span)
        {
            largest = Math.Max(largest, node.Step);
        }

        return this switch
        {
            SplitTreesBuilder<float> single when largest <= CompactSplit.Largest =>
                (SplitTrees<T>)(object)single.BuildOf<CompactSplit>((SplitCells<float>)(object)cells, places, kinds),
            SplitTreesBuilder<double> wide when tables.Count > TableSplit.TableWords =>
                (SplitTrees<T>)(object)wide.BuildOf<TableSplit>((SplitCells<double>)(object)cells, places, kinds),
            _ => BuildOf<WideSplit<T>>(cells, places, kinds),
        };
    }

    private FlatTrees<T, TNode> BuildOf<TNode>(SplitCells<T> cells, int[] places, MissingCell[] kinds)
        where TNode : unmanaged, ISplitNode<TNode, T>
    {
        var made = GC.AllocateUninitializedArray<TNode>(nodes.Count);
        var from = nodes.Span;
        for (var i = 0; i < made.Length; i++)
        {
            ref readonly var node = ref from[i];
            var slot = node.Step == 0 ? cells.LeafSlot : places[node.Slot];
            made[i] = kinds[slot] == MissingCell.IsCategory
                ? TNode.Make(T.PositiveInfinity, slot, node.Step, int.CreateTruncating(node.Value))
                : TNode.Make(node.Value, slot, node.Step, 0);
        }

        nodes.Clear();
        var sets = missingGoesRight.Count > 0
            ? new CategorySets([.. words], [.. starts], [.. missingGoesRight], SetGoesRight, LowestCategory)
            : null;
        return new(cells, made, [.. trees], [.. columns], numbers.MoveToArray(), [.. tables], sets);
    }
}
