using Flama.Hosting.Repository;

namespace Flama.Tests;

public sealed class VersionPolicyTests
{
    [Theory]
    [InlineData("latest", "latest")]
    [InlineData("latest:1", "latest")]
    [InlineData("latest:3", "latest:3")]
    [InlineData("all", "all")]
    [InlineData("1, v2 ,3.0", "1,v2,3.0")]
    public void TryParse_Policy_ReadsIt(string text, string expected)
    {
        Assert.True(VersionPolicy.TryParse(text, out var policy));

        Assert.Equal(expected, policy.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("newest")]
    [InlineData("latest:0")]
    [InlineData("latest:-1")]
    [InlineData("latest:x")]
    [InlineData("1,..")]
    [InlineData(",")]
    public void TryParse_NoPolicy_IsFalse(string text) => Assert.False(VersionPolicy.TryParse(text, out _));
}
