using System.Numerics;
using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <summary>Puts the trees of a boosted model into one <see cref="BoosterTrees{T}"/> and checks that walking them is safe.</summary>
/// <param name="features">How many columns the model takes.</param>
/// <typeparam name="T">The type cells are compared in.</typeparam>
internal sealed class SplitTreesBuilder<T>(int features)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<(T Value, int Slot, int Step)> nodes = [];
    private readonly List<int> numbers = [];
    private readonly List<TreeSpan> trees = [];
    private readonly List<int> columns = [];
    private readonly Dictionary<(int Feature, MissingCell Missing), int> slots = [];
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

    /// <summary>Adds a set of categories.</summary>
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

        var root = nodes.Count;
        var shallowest = int.MaxValue;
        var deepest = 0;
        foreach (var (number, step, depth) in TreeOrder.Of(tree, fail))
        {
            var node = tree[number];
            numbers.Add(node.Number);
            if (node.IsLeaf)
            {
                nodes.Add((node.Value, 0, 0));
                shallowest = Math.Min(shallowest, depth);
                deepest = Math.Max(deepest, depth);
                continue;
            }

            if ((uint)node.Feature >= (uint)features)
            {
                throw fail($"node {number} splits on feature {node.Feature} of {features}");
            }

            nodes.Add((node.Set >= 0 ? T.CreateTruncating(node.Set) : node.Value, SlotOf(node), step));
        }

        trees.Add(SplitTrees<T, WideSplit<T>>.SpanOf((uint)root, shallowest, deepest));
        columns.Add(column);
    }

    /// <summary>The trees that were added.</summary>
    /// <param name="leaves">What leaves add, their values being numbers of leaves; null when their values are what they add.</param>
    public BoosterTrees<T> Build(ILeafModel<T>? leaves = null)
    {
        var places = Places(out var cells);
        var largest = cells.Count;
        foreach (var node in CollectionsMarshal.AsSpan(nodes))
        {
            largest = Math.Max(largest, node.Step);
        }

        return this is SplitTreesBuilder<float> single && largest <= CompactSplit.Largest
            ? (BoosterTrees<T>)(object)single.BuildOf<CompactSplit>((SplitCells<float>)(object)cells, places, (ILeafModel<float>?)leaves)
            : BuildOf<WideSplit<T>>(cells, places, leaves);
    }

    private int SlotOf(SplitSource<T> node)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(
            slots, (node.Feature, node.Set >= 0 ? MissingCell.Stays : node.Missing), out var exists);
        if (!exists)
        {
            slot = slots.Count - 1;
        }

        return slot;
    }

    private SplitTrees<T, TNode> BuildOf<TNode>(SplitCells<T> cells, int[] places, ILeafModel<T>? leaves)
        where TNode : unmanaged, ISplitNode<TNode, T>
    {
        var made = new TNode[nodes.Count];
        for (var i = 0; i < made.Length; i++)
        {
            var (value, slot, step) = nodes[i];
            made[i] = TNode.Make(value, step == 0 ? cells.LeafSlot : places[slot], step);
        }

        var sets = missingGoesRight.Count > 0
            ? new CategorySets([.. words], [.. starts], [.. missingGoesRight], SetGoesRight, LowestCategory)
            : null;
        return new(cells, made, [.. trees], [.. columns], [.. numbers], sets, leaves);
    }

    // Slots of numbers by column, the slot of leaves, slots of categories by column; for each slot as it was met its place.
    private int[] Places(out SplitCells<T> cells)
    {
        var numeric = slots.Keys.Where(slot => slot.Missing != MissingCell.Stays).Order().ToArray();
        (int Feature, MissingCell Missing)[] all = [.. numeric, default, .. slots.Keys.Where(slot => slot.Missing == MissingCell.Stays).Order()];
        var places = new int[slots.Count];
        for (var i = 0; i < all.Length; i++)
        {
            if (i != numeric.Length)
            {
                places[slots[all[i]]] = i;
            }
        }

        cells = new(
            Array.ConvertAll(all, slot => slot.Feature), Array.ConvertAll(all, slot => slot.Missing), numeric.Length, Marker, Absent);
        return places;
    }
}
