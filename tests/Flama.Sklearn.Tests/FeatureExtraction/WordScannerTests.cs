using Flama.Sklearn.FeatureExtraction.Patterns;
using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.Tests.FeatureExtraction;

public sealed class WordScannerTests
{
    private const string Mixed = "Don't panic: 3.14, a b cc ½ ① Ⅷ x² cafe\u0301 under_score 日本語 हिन्दी 𝒜𝓫 😀 zero\u200Djoin";

    [Theory]
    [InlineData(@"(?u)\b\w\w+\b", 2)]
    [InlineData(@"\b\w+\b", 1)]
    [InlineData(@"\w+", 1)]
    [InlineData(@"(?u)\w\w\w+", 3)]
    [InlineData(@"\w{3,}", 3)]
    public void LeastOf_RunOfWordCharacters_IsItsLength(string pattern, int least) => Assert.Equal(least, WordScanner.LeastOf(pattern));

    [Theory]
    [InlineData(@"[a-z]+")]
    [InlineData(@"\w")]
    [InlineData(@"\w*")]
    [InlineData(@"\w+?")]
    [InlineData(@"(\w+)")]
    [InlineData(@"\w{3}")]
    [InlineData(@"(?i)\w+")]
    [InlineData(@"\w+\w{2,}")]
    public void LeastOf_AnotherPattern_IsNull(string pattern) => Assert.Null(WordScanner.LeastOf(pattern));

    [Theory]
    [InlineData(@"(?u)\b\w\w+\b")]
    [InlineData(@"\w+")]
    [InlineData(@"\w{3,}")]
    public void FindAll_MixedText_FindsWhatThePatternFinds(string pattern)
    {
        var scanned = new TokenList();
        var matched = new TokenList();

        WordScanner.FindAll(Mixed, WordScanner.LeastOf(pattern)!.Value, scanned);
        new PatternMatcher(PatternProgram.Compile(pattern)).FindAll(Mixed, matched);

        Assert.True(scanned.Count > 5);
        Assert.Equal(matched.All.ToArray(), scanned.All.ToArray());
    }
}
