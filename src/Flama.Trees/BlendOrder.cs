namespace Flama.Trees;

/// <summary>Puts the splits of a tree into runs of one kind, children before parents. Not thread-safe: it serves one tree after the other.</summary>
/// <remarks>A processor foresees the way through a long run; from split to split it could not foresee the kind. Few values are kept at once, so that they stay in the first-level cache.</remarks>
internal sealed class BlendOrder
{
    private const int MostKept = 96;
    private const int ShortRun = 16;

    private readonly Queue<int>[] ready = [new(), new(), new()];
    private readonly Stack<int> free = new();
    private readonly List<(int Split, BlendKind Kind, int Target)> order = [];
    private int[] targets = [];
    private int kept;
    private int used;

    /// <summary>The most values that any tree kept at once.</summary>
    public int Most { get; private set; }

    /// <summary>Where a split's outcome is kept.</summary>
    public int TargetOf(int split) => targets[split];

    /// <summary>Orders splits.</summary>
    /// <param name="splits">The splits; a parent comes before its children, and the first is the root.</param>
    /// <returns>Their numbers, kinds and targets; until the next call.</returns>
    public IReadOnlyList<(int Split, BlendKind Kind, int Target)> Of(ReadOnlySpan<(int Left, int Right, int Parent)> splits)
    {
        order.Clear();
        free.Clear();
        kept = used = 0;
        targets = new int[splits.Length];
        var missing = new int[splits.Length];
        for (var i = 0; i < splits.Length; i++)
        {
            missing[i] = (splits[i].Left >= 0 ? 1 : 0) + (splits[i].Right >= 0 ? 1 : 0);
            if (missing[i] == 0)
            {
                ready[(int)BlendKind.Exits].Enqueue(i);
            }
        }

        while (order.Count < splits.Length)
        {
            var kind = Next();
            var queue = ready[(int)kind];
            for (var taken = 0; queue.Count > 0 && (kind != BlendKind.Exits || taken < ShortRun || kept < MostKept); taken++)
            {
                var split = queue.Dequeue();
                Add(split, kind, splits[split].Left, splits[split].Right);
                var parent = splits[split].Parent;
                if (parent >= 0 && --missing[parent] == 0)
                {
                    ready[splits[parent].Left >= 0 && splits[parent].Right >= 0 ? (int)BlendKind.Kept : (int)BlendKind.Mixed].Enqueue(parent);
                }
            }
        }

        Most = Math.Max(Most, used);
        return order;
    }

    private BlendKind Next()
    {
        var kind = ready[(int)BlendKind.Mixed].Count >= ready[(int)BlendKind.Kept].Count ? BlendKind.Mixed : BlendKind.Kept;
        var count = ready[(int)kind].Count;
        return ready[(int)BlendKind.Exits].Count > 0 && (count == 0 || (count < ShortRun && kept < MostKept)) ? BlendKind.Exits : kind;
    }

    private void Add(int split, BlendKind kind, int left, int right)
    {
        Free(left);
        Free(right);
        targets[split] = free.TryPop(out var place) ? place : used++;
        kept++;
        order.Add((split, kind, targets[split]));
    }

    private void Free(int child)
    {
        if (child >= 0)
        {
            free.Push(targets[child]);
            kept--;
        }
    }
}
