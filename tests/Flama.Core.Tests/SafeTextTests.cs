namespace Flama.Core.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("a\nb\tc\r", "a b c ")]
    [InlineData("a\u001b[31mb", "a\uFFFD[31mb")]
    [InlineData("\u0085\u007f", "\uFFFD\uFFFD")]
    [InlineData("a\U0001F525b", "a\U0001F525b")]
    [InlineData("", "")]
    public void OneLine_ControlCharacters_CannotReachTheTerminal(string text, string expected)
    {
        var line = SafeText.OneLine(text);

        Assert.Equal(expected, line);
    }

    [Fact]
    public void OneLine_HalfASurrogatePair_IsReplaced()
    {
        Assert.Equal("\uFFFDa\uFFFD", SafeText.OneLine(['\uDD25', 'a', '\uD83D']));
    }

    [Theory]
    [InlineData("abcdef", 3, "abc…")]
    [InlineData("abc", 3, "abc")]
    [InlineData("ab\U0001F525", 3, "ab…")]
    public void OneLine_LongText_IsCutBetweenCharacters(string text, int longest, string expected)
    {
        Assert.Equal(expected, SafeText.OneLine(text, longest));
    }
}
