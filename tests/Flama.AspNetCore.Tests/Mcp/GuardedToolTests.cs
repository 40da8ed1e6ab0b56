using System.Net;
using Flama.Hosting.Keys;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Mcp;

/// <summary>Tools behind keys, limits and logs: the same as the methods of models.</summary>
public sealed class GuardedToolTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Request_WithoutAValidKey_Is401()
    {
        await using var host = await StartAsync();

        var answer = await host.PostAsync("/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        var failure = await Assert.ThrowsAnyAsync<HttpRequestException>(() => AgentClient.ConnectAsync(host, "flama_nobody"));

        Assert.Equal(401, answer.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, failure.StatusCode);
        Assert.Equal(401, (await host.GetAsync("/mcp/")).Status);
    }

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-06-18")]
    public async Task Caller_OfOneModel_SeesAndUsesThatOneOnly(string version)
    {
        var key = AddKey(["predict", "inspect"], ["yes"]);
        await using var host = await StartAsync();
        await using var client = await AgentClient.ConnectAsync(host, key, version);

        var names = await client.ToolNamesAsync();
        var own = await client.CallAsync("yes_predict", new[] { new[] { 1, 1 } });
        var other = await client.CallAsync("double_transform", new[] { new[] { 1 } });

        Assert.Equal(["yes_decision_function", "yes_predict", "yes_predict_proba"], names);
        Assert.NotEqual(true, own.IsError);
        Assert.True(other.IsError);
        Assert.StartsWith("forbidden: ", other.Text(), StringComparison.Ordinal);
        Assert.Equal("flama://models/yes", Assert.Single(await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Uri);
        await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(async () => await client.ReadResourceAsync("flama://models/double", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Caller_WithoutTheScope_SeesNoTools()
    {
        var key = AddKey(["inspect"], null);
        await using var host = await StartAsync();
        await using var client = await AgentClient.ConnectAsync(host, key);

        Assert.Empty(await client.ToolNamesAsync());
        Assert.Equal(2, (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Calls_AboveTheRate_Are429()
    {
        var key = AddKey(["predict"], null);
        await using var host = await StartAsync(builder => builder.Services.AddFlamaHosting().AddFlamaRateLimits(limits => limits.Requests = 3), app => app.UseFlamaRateLimits());
        await using var client = await AgentClient.ConnectAsync(host, key);

        HttpStatusCode? status = null;
        for (var call = 0; call < 4 && status is null; call++)
        {
            try
            {
                await client.CallAsync("yes_predict", new[] { new[] { 1, 1 } });
            }
            catch (HttpRequestException failure)
            {
                status = failure.StatusCode;
            }
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Fact]
    public async Task Calls_AreCountedAndLoggedAsRequestsAre()
    {
        var key = AddKey(["predict", "inspect"], null);
        var log = directory.PathOf("predictions.ndjson");
        await using (var host = await StartAsync(builder => builder.Services.AddFlamaHosting().AddFlamaStatistics().AddPredictionLog(options => options.File = log), app => app.MapFlamaStatistics()))
        {
            await using var client = await AgentClient.ConnectAsync(host, key);
            await client.CallAsync("yes_predict", new[] { new[] { 1, 1 }, [2, 2] });
            await client.CallAsync("yes_predict", "wrong");

            var statistics = await host.GetAsync("/stats", ("X-API-Key", key));

            Assert.Contains("\"invalid_input\":1", statistics.Body, StringComparison.Ordinal);
        }

        var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"rows\":2", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"error\":\"invalid_input\"", lines[1], StringComparison.Ordinal);
    }

    private string AddKey(string[] scopes, string[]? models) => ApiKeyFile.Add(directory.PathOf("keys.json"), "agent", scopes, models);

    private Task<FlamaHost> StartAsync(Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? use = null)
    {
        if (!File.Exists(directory.PathOf("keys.json")))
        {
            AddKey(["admin"], null);
        }

        return ModelToolTests.StartAsync(
            app =>
            {
                use?.Invoke(app);
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapModel("/yes/", FakeModels.Linear());
                app.MapModel("/double/", FakeModels.Doubler());
            },
            configure: builder =>
            {
                builder.Services.AddFlamaHosting().AddApiKeys(directory.PathOf("keys.json"));
                configure?.Invoke(builder);
            });
    }
}
