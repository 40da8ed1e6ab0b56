using Flama.Sklearn.FeatureExtraction.Patterns;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>What the analysis of one text needs and the next one can use again. One thread at a time.</summary>
internal sealed class AnalysisScratch
{
    // A text of a megabyte is rare; its buffers are not kept.
    private const int MaxKept = 1 << 20;

    /// <summary>The text as it is worked on.</summary>
    public TextBuffer Text { get; private set; } = new();

    /// <summary>A second text, for steps that make a new one.</summary>
    public TextBuffer Other { get; private set; } = new();

    /// <summary>Where tokens or code points are.</summary>
    public TokenList Tokens { get; } = new();

    /// <summary>The sums of one row.</summary>
    public TermCounts Counts { get; } = new();

    /// <summary>What finds tokens by a pattern; null until it is needed.</summary>
    public PatternMatcher? Matcher { get; set; }

    /// <summary>Whether the buffers are small enough to be kept.</summary>
    public bool IsWorthKeeping => Text.Capacity <= MaxKept && Other.Capacity <= MaxKept;

    /// <summary>Makes the second text the first.</summary>
    public void Swap() => (Text, Other) = (Other, Text);
}
