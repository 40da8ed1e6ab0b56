using System.Net;
using System.Net.Sockets;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Flama.Tests;

public class FailureTests
{
    [Fact]
    public async Task Post_ModelThrows_Is500WithNothingOfTheCause()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Throwing(() => new InvalidOperationException("secret /srv/models/x.flm")));

        var answer = await host.PostAsync("/predict/", """{"input":[[1]]}""");

        var id = answer.Json.GetProperty("correlation_id").GetString()!;
        Assert.Equal(500, answer.Status);
        Assert.Equal($"The server failed to answer. Its log has the details under the id {id}.", answer.Json.GetProperty("detail").GetString());
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception:", answer.Body, StringComparison.Ordinal);
        var line = Assert.Single(host.Log.All, line => line.Level == LogLevel.Error);
        Assert.Equal(2001, line.Id);
        Assert.Contains(id, line.Text, StringComparison.Ordinal);
        Assert.Contains("secret", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ModelThrowsInDevelopment_StillTellsNothing()
    {
        await using var host = await FlamaHost.StartAsync(
            app => app.MapModel("/", FakeModels.Throwing(() => new InvalidOperationException("secret"))), environment: "Development");

        var answer = await host.PostAsync("/predict/", """{"input":[[1]]}""");

        Assert.Equal((500, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ModelFindsItselfBroken_Is500WithoutItsMessage()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Throwing(() => new FlamaException(ErrorCodes.InvalidModel, "coefficients of 3 features")));

        var answer = await host.PostAsync("/predict/", """{"input":[[1]]}""");

        Assert.Equal(500, answer.Status);
        Assert.DoesNotContain("coefficients", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ModelRefusesTheRows_Is400WithItsMessage()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Throwing(
            () => new FlamaException([new InputProblem("unknown_category", "Row 0, feature 0 is 7, expected 1.", 0, 0)], 1)));

        var answer = await host.PostAsync("/predict/", """{"input":[[7]]}""");

        ErrorTests.AssertProblem(answer, 400, "Row 0, feature 0 is 7, expected 1.");
    }

    [Fact]
    public async Task Get_UsersEndpointThrows_Is500WithProblem()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapGet("/boom", string () => throw new InvalidOperationException("secret")));

        var answer = await host.GetAsync("/boom");

        Assert.Equal((500, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UsersEndpointAnswersAnErrorItself_IsLeftAlone()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapGet("/gone", () => Results.Text("gone fishing", statusCode: 410)));

        var answer = await host.GetAsync("/gone");

        Assert.Equal((410, "gone fishing"), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(401)]
    public async Task Get_BareErrorStatus_GetsABody(int status)
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapGet("/bare", () => Results.StatusCode(status)));

        var answer = await host.GetAsync("/bare");

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(status, answer.Json.GetProperty("status_code").GetInt32());
        Assert.False(string.IsNullOrEmpty(answer.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Post_ClientGoesAway_IsNoError()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, TestContext.Current.CancellationToken);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            await socket.GetStream().WriteAsync(
                "POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(),
                TestContext.Current.CancellationToken);

            // The server asks for the body when the endpoint reads it; then the client is gone.
            await socket.GetStream().ReadExactlyAsync(new byte[20], TestContext.Current.CancellationToken);
        }

        // Whether the server sees an aborted connection or a body that ends too early is a race inside the server.
        var seen = await Task.WhenAny(host.Log.FirstAsync(2003), host.Log.FirstAsync(2004));

        Assert.Equal(LogLevel.Debug, (await seen).Level);
        Assert.DoesNotContain(host.Log.All, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Post_AfterABadRequest_SameConnectionWorks()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        for (var i = 0; i < 20; i++)
        {
            var bad = await host.PostAsync("/predict/", """{"input":[[1,null]]}""");
            var good = await host.PostAsync("/predict/", """{"input":[[1,1]]}""");
            Assert.Equal((400, 200), (bad.Status, good.Status));
        }
    }
}
