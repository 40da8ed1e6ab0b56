namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>A part of a parsed pattern.</summary>
internal abstract record PatternNode
{
    /// <summary>One code point.</summary>
    public sealed record One(CharacterSet Set) : PatternNode;

    /// <summary>A place without length.</summary>
    public sealed record Place(PatternPlace Kind, PatternFlags Flags) : PatternNode;

    /// <summary>Parts one after the other; none at all match the empty text.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>The first of several parts that leads to a match.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>A part several times.</summary>
    /// <param name="Part">What.</param>
    /// <param name="Least">How often at least.</param>
    /// <param name="Most">How often at most; null for any number.</param>
    /// <param name="Greed">Whether more comes first, fewer, or as many as there are and never fewer.</param>
    public sealed record Repeat(PatternNode Part, int Least, int? Most, PatternGreed Greed) : PatternNode;

    /// <summary>A part whose text is remembered.</summary>
    public sealed record Capture(int Group, PatternNode Part) : PatternNode;

    /// <summary>The remembered text of a group once more.</summary>
    public sealed record Reference(int Group, PatternFlags Flags) : PatternNode;

    /// <summary>A part that must, or must not, match ahead or behind.</summary>
    /// <param name="Part">What.</param>
    /// <param name="Behind">Its width in code points when it looks behind; null when it looks ahead.</param>
    /// <param name="IsNegative">Whether it must not match.</param>
    public sealed record Look(PatternNode Part, int? Behind, bool IsNegative) : PatternNode;

    /// <summary>A part that is never tried in another way once it has matched.</summary>
    public sealed record Atomic(PatternNode Part) : PatternNode;

    /// <summary>One part where a group has matched, another where it has not.</summary>
    public sealed record Condition(int Group, PatternNode Yes, PatternNode No) : PatternNode;

    /// <summary>The number of code points that it matches when that is always the same; else null.</summary>
    public int? FixedWidth() => this switch
    {
        One => 1,
        Place or Look => 0,
        Sequence sequence => Sum(sequence.Parts.Select(part => part.FixedWidth())),
        Choice choice => Same(choice.Parts.Select(part => part.FixedWidth())),
        Repeat repeat when repeat.Least == repeat.Most => Product(repeat.Part.FixedWidth(), repeat.Least),
        Capture capture => capture.Part.FixedWidth(),
        Atomic atomic => atomic.Part.FixedWidth(),
        Condition condition => Same([condition.Yes.FixedWidth(), condition.No.FixedWidth()]),
        _ => null,
    };

    private static int? Product(int? width, int times) => (long?)width * times is { } product and <= int.MaxValue ? (int)product : null;

    private static int? Sum(IEnumerable<int?> widths)
    {
        var sum = 0L;
        foreach (var width in widths)
        {
            if (width is null)
            {
                return null;
            }

            sum += width.Value;
        }

        return sum <= int.MaxValue ? (int)sum : null;
    }

    private static int? Same(IEnumerable<int?> widths)
    {
        var distinct = widths.Distinct().ToList();
        return distinct.Count == 1 ? distinct[0] : null;
    }
}
