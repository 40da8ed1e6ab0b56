namespace Flama.Boosters.XGBoost;

/// <summary>Which trees make a round of boosting: as many for each score, those of a score side by side.</summary>
/// <remarks>
/// Since 2.0 the document tells where rounds end; checked against 2.0.3, 2.1.4, 3.0.5, 3.1.3 and 3.2.0. Before that only that scores have equally many trees is known.
/// </remarks>
internal static class XGBoostRounds
{
    /// <summary>Reads the score of each tree.</summary>
    /// <param name="model">The booster's model.</param>
    /// <param name="trees">Its trees.</param>
    /// <param name="width">How many scores.</param>
    /// <param name="errors">How errors are told.</param>
    /// <exception cref="FlamaException">Scores that do not exist, or rounds that contradict them.</exception>
    public static int[] GroupsOf(DocumentObject model, DocumentObject[] trees, int width, BoosterErrors errors)
    {
        var groups = model.Numbers("tree_info")?.ToIntegers() ?? new int[trees.Length];
        if (groups.Length != trees.Length)
        {
            throw errors.Fail($"it has {trees.Length} trees, and columns for {groups.Length}");
        }

        if (groups.Any(group => (uint)group >= (uint)width))
        {
            throw errors.Fail($"its trees belong to columns that do not exist, among {width}");
        }

        var ends = model.Numbers("iteration_indptr")?.ToIntegers() ?? [];
        if (ends.Length > 0)
        {
            CheckEnds(ends, trees.Length, errors);
        }

        // A tree whose leaves are vectors belongs to all scores.
        if (width == 1 || trees.All(tree => tree.Object("tree_param")?.Text("size_leaf_vector") is { } size && size is not ("0" or "1")))
        {
            return groups;
        }

        for (var round = 1; round < ends.Length; round++)
        {
            CheckRound(groups.AsSpan(ends[round - 1]..ends[round]), width, isInOrder: true, errors);
        }

        if (ends.Length == 0)
        {
            CheckRound(groups, width, isInOrder: false, errors);
        }

        return groups;
    }

    private static void CheckEnds(int[] ends, int trees, BoosterErrors errors)
    {
        for (var i = 1; i < ends.Length; i++)
        {
            if (ends[i] < ends[i - 1])
            {
                throw errors.Fail($"round {i - 1} of its trees ends at {ends[i]}, before its start at {ends[i - 1]}");
            }
        }

        if (ends[0] != 0 || ends[^1] != trees)
        {
            throw errors.Fail($"its rounds go from tree {ends[0]} to {ends[^1]} of {trees}");
        }
    }

    private static void CheckRound(ReadOnlySpan<int> groups, int width, bool isInOrder, BoosterErrors errors)
    {
        var each = groups.Length / width;
        var counts = new int[width];
        for (var i = 0; i < groups.Length; i++)
        {
            counts[groups[i]]++;
            if (isInOrder && groups[i] != i / Math.Max(1, each))
            {
                throw errors.Fail($"a round of {groups.Length} trees for {width} scores has a tree of score {groups[i]} at {i}");
            }
        }

        if (counts.AsSpan().ContainsAnyExcept(each))
        {
            throw errors.Fail($"its {groups.Length} trees are not equally many for each of {width} scores");
        }
    }
}
