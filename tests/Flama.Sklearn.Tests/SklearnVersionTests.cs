namespace Flama.Sklearn.Tests;

public sealed class SklearnVersionTests
{
    [Theory]
    [InlineData("1.4.2", 1, 4, 2)]
    [InlineData("1.5", 1, 5, 0)]
    [InlineData("1.3.1rc1", 1, 3, 1)]
    [InlineData("0.23.dev0", 0, 23, 0)]
    [InlineData("1.6rc1", 1, 6, 0)]
    public void Parse_Version_ReadsItsNumbers(string text, int major, int minor, int patch)
    {
        var version = SklearnVersion.Parse(text);

        Assert.Equal(new SklearnVersion(major, minor, patch), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("one.two")]
    [InlineData("1.x")]
    public void Parse_NoVersion_IsNull(string text)
    {
        var version = SklearnVersion.Parse(text);

        Assert.Null(version);
    }

    [Fact]
    public void IsAtLeast_ComparesNumbersNotText()
    {
        var version = new SklearnVersion(1, 10);

        Assert.True(version.IsAtLeast(1, 9));
        Assert.False(version.IsAtLeast(1, 11));
        Assert.False(version.IsAtLeast(1, 10, 1));
    }
}
