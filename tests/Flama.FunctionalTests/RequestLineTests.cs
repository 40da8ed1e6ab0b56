namespace Flama.FunctionalTests;

/// <summary>What the tool's server takes for HTTP beyond what every server of the framework does.</summary>
public sealed class RequestLineTests(ChurnServer churn) : IClassFixture<ChurnServer>
{
    [Theory]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", 200)]
    [InlineData("GET /health/live HTTP/1.1\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\nX-Other: y\r\n\r\n", 400)]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\n\n", 400)]
    public async Task Head_WithABareLineFeed_IsRefused(string request, int expected) =>
        Assert.Equal(expected, await OddRequests.SendAsync(churn.Server.Address, request));
}
