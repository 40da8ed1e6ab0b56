using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.Tests.FeatureExtraction;

public sealed class PythonLowerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("HELLO, World 42", "hello, world 42")]
    [InlineData("İstanbul", "i\u0307stanbul")]
    [InlineData("ẞ STRAẞE", "ß straße")]
    [InlineData("ΛΕΞΕΙΣ ΟΔΟΣ", "λεξεις οδος")]
    [InlineData("Σ", "σ")]
    [InlineData("ΑΣ. ΑΣ' ΑΣb", "ας. ας' ασb")]
    [InlineData("A\u0345Σ \u0345Σ ⅧΣ", "a\u0345ς \u0345σ ⅷς")]
    [InlineData("ÀÉÎ ЁЖ", "àéî ёж")]
    [InlineData("\U00010400", "\U00010428")]
    public void Append_Text_IsPythonsLower(string text, string expected)
    {
        var buffer = new TextBuffer();

        PythonLower.Append(text, buffer);

        Assert.Equal(expected, buffer.Text.ToString());
    }

    [Fact]
    public void Append_HalfASurrogatePair_StaysAsItIs()
    {
        var buffer = new TextBuffer();

        PythonLower.Append("A\uD800B\uDC00", buffer);

        Assert.Equal("a\uD800b\uDC00", buffer.Text.ToString());
    }

    [Fact]
    public void Append_LongText_GrowsTheBuffer()
    {
        var buffer = new TextBuffer();

        PythonLower.Append(new string('İ', 3000), buffer);

        Assert.Equal(6000, buffer.Length);
    }
}
