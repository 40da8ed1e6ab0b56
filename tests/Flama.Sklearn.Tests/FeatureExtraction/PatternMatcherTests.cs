using Flama.Sklearn.FeatureExtraction.Patterns;
using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.Tests.FeatureExtraction;

public sealed class PatternMatcherTests
{
    // What Python's re.findall gives, joined by |.
    [Theory]
    [InlineData(@"[a-z]+", "ab, cd-Ef", "ab|cd|f")]
    [InlineData(@"a|ab|abc", "abc ab", "a|a")]
    [InlineData(@"(?:ab|a)(?:c|bcd)*", "abcd abc", "abc|abc")]
    [InlineData(@"(?:a|ab)(?:c|bcd)(d*)", "abcd", "")]
    [InlineData(@"\d+(?:[.,]\d+)*|\w+", "1,000.5 cats", "1,000.5|cats")]
    [InlineData(@"(\w)\w*", "hello big world", "h|b|w")]
    [InlineData(@"(\w+)@\w+|\d", "a@b 5", "a|")]
    [InlineData(@"\w*", "ab c", "ab||c|")]
    [InlineData(@"a*?", "aa", "|a||a|")]
    [InlineData(@"(a*)*b?", "aab", "|")]
    [InlineData(@"x{2,3}", "xxxxxxx", "xxx|xxx")]
    [InlineData(@"x{2,5}?y?", "xxxxy", "xx|xxy")]
    [InlineData(@"x{,2}y", "xxxy", "xxy")]
    [InlineData(@"x{a}", "x{a}", "x{a}")]
    [InlineData(@"(?<=a)\w", "abac", "b|c")]
    [InlineData(@"(?<!a)b", "ab bb", "b|b")]
    [InlineData(@"\w+(?=!)", "hi! you", "hi")]
    [InlineData(@"(?!a)\w+", "abc bcd", "bc|bcd")]
    [InlineData(@"(?>a+)b", "aaab", "aaab")]
    [InlineData(@"(?>a+)ab", "aaab", "")]
    [InlineData(@"a++b", "aab", "aab")]
    [InlineData(@"(?P<q>['\x22])x(?P=q)", "'x' \"x'", "'")]
    [InlineData(@"(a)?b(?(1)c|d)", "abc bd abd", "a||")]
    [InlineData(@"^\w+$", "ab\ncd", "")]
    [InlineData(@"(?m)^\w+$", "ab\ncd", "ab|cd")]
    [InlineData(@"\w+$", "ab\ncd\n", "cd")]
    [InlineData(@"\w+\Z", "ab\n", "")]
    [InlineData(@"\Aab", "abab", "ab")]
    [InlineData(@"(?s).{3}", "a\nbc", "a\nb")]
    [InlineData(@".", "a\n😀", "a|😀")]
    [InlineData(@"(?i)straße", "STRAßE", "STRAßE")]
    [InlineData(@"(?i)[k-s]+", "KmzſK", "Km|ſK")]
    [InlineData(@"(?i)(a)\1", "aA Aa", "a|A")]
    [InlineData(@"(?a)\w+", "caffè x", "caff|x")]
    [InlineData(@"(?x) \w + # a word", "ab cd", "ab|cd")]
    [InlineData(@"(?i:A)b", "ab aB", "ab")]
    [InlineData(@"\w+(?i)", "Ab", "Ab")]
    [InlineData(@"\x41|\102|\u0043|\U00000044|\n", "ABCD\n", "A|B|C|D|\n")]
    [InlineData(@"[\U00010400-\U0001044F]+", "𐐀𐐨a", "𐐀𐐨")]
    [InlineData(@"[]a]+", "]a[", "]a")]
    [InlineData(@"[^]a]+", "b]a", "b")]
    [InlineData(@"[a\-z]+", "a-z b", "a-z")]
    [InlineData(@"[^\W\d_]+", "a1_b é", "a|b|é")]
    [InlineData(@"\S+", "a\u001Cb c", "a|b|c")]
    [InlineData(@"\D+", "a٣b", "a|b")]
    [InlineData(@"\Bb\B", "abc b", "b")]
    public void FindAll_Pattern_FindsWhatPythonFinds(string pattern, string text, string expected)
    {
        var groups = PatternProgram.Compile(pattern).Groups;

        var found = Find(pattern, text);

        Assert.True(groups <= 1);
        Assert.Equal(expected, string.Join('|', found));
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("a{3,2}")]
    [InlineData("[z-a]")]
    [InlineData(@"\q")]
    [InlineData(@"(\1)")]
    [InlineData("(?P<a>x)(?P<a>y)")]
    [InlineData("(?<=a+)b")]
    [InlineData("(?z)")]
    [InlineData("(?")]
    [InlineData(@"\x4")]
    [InlineData("^*")]
    public void Compile_NoPattern_SaysSo(string pattern)
    {
        var exception = Assert.Throws<PatternException>(() => PatternProgram.Compile(pattern));

        Assert.False(exception.IsBeyondUs);
    }

    [Theory]
    [InlineData(@"\N{DIGIT ONE}")]
    [InlineData("(?L)a")]
    [InlineData("a{99999}")]
    [InlineData("(?:(?:(?:ab){999}){999}){999}")]
    public void Compile_PatternBeyondUs_SaysSo(string pattern)
    {
        var exception = Assert.Throws<PatternException>(() => PatternProgram.Compile(pattern));

        Assert.True(exception.IsBeyondUs);
    }

    [Fact]
    public void Compile_DeepNesting_IsRefusedWithoutRecursion()
    {
        var pattern = new string('(', 100_000);

        var exception = Assert.Throws<PatternException>(() => PatternProgram.Compile(pattern));

        Assert.True(exception.IsBeyondUs);
    }

    [Theory]
    [InlineData(@"(a+)+$")]
    [InlineData(@"(?:a|aa)+$")]
    [InlineData(@"(?:a*)*b")]
    public void FindAll_ExponentialPattern_EndsAfterCountedSteps(string pattern)
    {
        var text = new string('a', 200) + "!";

        Assert.Throws<PatternException>(() => Find(pattern, text));
    }

    [Fact]
    public void FindAll_LongText_NeedsNoDeepStack()
    {
        var text = string.Concat(Enumerable.Repeat("ab ", 20_000));

        var found = Find(@"(?:\w\s?)+", text);

        Assert.Equal([text], found);
    }

    // Any text is a pattern or a typed error, and matching ends.
    [Fact]
    public void FindAll_RandomPatterns_EndInMatchesOrATypedError()
    {
        const string alphabet = @"ab\wd()[]{}*+?|^$.,1-:=!<>P#xi09 ";
        var random = new Random(7);
        var compiled = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            try
            {
                var tokens = new TokenList();
                new PatternMatcher(PatternProgram.Compile(pattern)).FindAll("ab1 ba-a{2}", tokens);
                compiled++;
                Assert.All(tokens.All.ToArray(), token => Assert.InRange(token.Start, 0, token.End));
            }
            catch (PatternException)
            {
                continue;
            }
        }

        Assert.InRange(compiled, 1000, 19_999);
    }

    private static List<string> Find(string pattern, string text)
    {
        var tokens = new TokenList();
        new PatternMatcher(PatternProgram.Compile(pattern)).FindAll(text, tokens);
        return [.. tokens.All.ToArray().Select(token => text[token.Start..token.End])];
    }
}
