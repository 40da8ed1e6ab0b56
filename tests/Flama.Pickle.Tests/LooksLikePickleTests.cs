namespace Flama.Pickle.Tests;

public sealed class LooksLikePickleTests
{
    [Theory]
    [InlineData("\u0080\u0002csklearn", true)]
    [InlineData("\u0080\u0005\u0095", true)]
    [InlineData("\u0080\u0006", false)]
    [InlineData("ccopy_reg\n_reconstructor\n", true)]
    [InlineData("csklearn.linear_", true)]
    [InlineData("class Model:", false)]
    [InlineData("(dp0\n", true)]
    [InlineData("(lp1\n", true)]
    [InlineData("(S'a'\n", true)]
    [InlineData("}q\u0000", true)]
    [InlineData("]q\u0000(", true)]
    [InlineData("\u0078\u009C", true)]
    [InlineData("\u001F\u008B\u0008", true)]
    [InlineData("BZh9", true)]
    [InlineData("\u00FD7zXZ\u0000", true)]
    [InlineData("\u0004\u0022\u004D\u0018", true)]
    [InlineData("PK\u0003\u0004", false)]
    [InlineData("<html>", false)]
    [InlineData("{\"a\"", false)]
    [InlineData("Name,Age\n", false)]
    [InlineData("\u0089HDF\r\n", false)]
    [InlineData("\u0008\u0007\u0012", false)]
    [InlineData("", false)]
    public void LooksLikePickle_Prefix_TellsPickles(string prefix, bool expected)
    {
        Assert.Equal(expected, PickleReader.LooksLikePickle(PickleBytes.Raw(prefix)));
    }

    [Fact]
    public void Read_TextPickleWithAZlibLikeStart_IsReadAsPickle()
    {
        Assert.Equal("('a')", PickleValue.Show(PickleBytes.Read("(S'a'\nt.")));
    }
}
