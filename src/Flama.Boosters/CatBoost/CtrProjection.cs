namespace Flama.Boosters.CatBoost;

/// <summary>What is looked up in a table together: categories, and yes-or-no questions to other features. Immutable.</summary>
/// <param name="Categories">Numbers of features of categories.</param>
/// <param name="FloatSplits">Whether the feature of numbers of this number is above the border.</param>
/// <param name="OneHotSplits">Whether the feature of categories of this number has the category of this hash.</param>
internal sealed record CtrProjection(int[] Categories, FloatSplit[] FloatSplits, OneHotSplit[] OneHotSplits)
{
    // The constant of CatBoost's combined hash.
    private const ulong Multiplier = 0x4906ba494954cb65;

    /// <summary>Adds one element to a key: a category's hash, its sign extended to 64 bits, or an answer, 0 or 1.</summary>
    public static ulong Combine(ulong key, ulong element) => Multiplier * (key + (Multiplier * element));

    /// <summary>Whether two look up the same.</summary>
    public bool Equals(CtrProjection? other) => other is not null
        && Categories.AsSpan().SequenceEqual(other.Categories)
        && FloatSplits.AsSpan().SequenceEqual(other.FloatSplits)
        && OneHotSplits.AsSpan().SequenceEqual(other.OneHotSplits);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var category in Categories)
        {
            hash.Add(category);
        }

        foreach (var split in FloatSplits)
        {
            hash.Add(split);
        }

        foreach (var split in OneHotSplits)
        {
            hash.Add(split);
        }

        return hash.ToHashCode();
    }
}
