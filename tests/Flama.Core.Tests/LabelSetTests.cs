namespace Flama.Tests;

public sealed class LabelSetTests
{
    [Theory]
    [InlineData(0xDA6E)]
    [InlineData(0xDC00)]
    public void Constructor_HalfOfASurrogatePair_IsRefused(int half)
    {
        var label = $"a{(char)half}b";

        var failure = Assert.Throws<FlamaException>(() => new LabelSet([Scalar.Of("yes"), Scalar.Of(label)]));

        Assert.Equal(ErrorCodes.InvalidModel, failure.Code);
    }

    [Fact]
    public void Constructor_WholeSurrogatePair_IsKept() => Assert.Equal("🔥", new LabelSet([Scalar.Of("🔥")])[0].Text);
}
