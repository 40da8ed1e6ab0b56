using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.Tests.FeatureExtraction;

public sealed class AccentStrippingTests
{
    [Theory]
    [InlineData("plain", "plain", "plain")]
    [InlineData("naïve café", "naive cafe", "naive cafe")]
    [InlineData("e\u0301a\u0327\u0301", "ea", "ea")]
    [InlineData("ﬁne ½ ① x²", "fine 1⁄2 1 x2", "fine 12 1 x2")]
    [InlineData("Å ℃", "A °C", "A C")]
    [InlineData("한", "\u1112\u1161\u11AB", "")]
    [InlineData("가", "\u1100\u1161", "")]
    [InlineData("日本 ёлка", "日本 елка", " ")]
    [InlineData("\uFDFA", "صلى الله عليه وسلم", "   ")]
    [InlineData("😀\U0001D49C", "😀A", "A")]
    public void Append_Text_IsScikitLearnsStripping(string text, string unicode, string ascii)
    {
        var withUnicode = new TextBuffer();
        var onlyAscii = new TextBuffer();

        AccentStripping.Append(text, asciiOnly: false, withUnicode);
        AccentStripping.Append(text, asciiOnly: true, onlyAscii);

        Assert.Equal(unicode, withUnicode.Text.ToString());
        Assert.Equal(ascii, onlyAscii.Text.ToString());
    }
}
