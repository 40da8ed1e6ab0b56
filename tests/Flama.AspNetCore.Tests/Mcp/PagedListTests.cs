using Flama.Hosting;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Flama.Tests.Mcp;

/// <summary>Lists of more tools and resources than one answer shall have.</summary>
public sealed class PagedListTests
{
    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-06-18")]
    public async Task Lists_OfManyModels_ComeInPages(string version)
    {
        await using var host = await StartAsync(250);
        await using var client = await AgentClient.ConnectAsync(host, version: version);

        var tools = await PagesAsync(async cursor => await client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, Token), page => page.Tools.Select(tool => tool.Name));
        var cards = await PagesAsync(async cursor => await client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = cursor }, Token), page => page.Resources.Select(card => card.Uri));

        Assert.Equal([100, 100, 50], tools.Select(page => page.Length));
        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"m{i:000}_transform"), tools.SelectMany(page => page));
        Assert.Equal([100, 100, 50], cards.Select(page => page.Length));
        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"flama://models/m{i:000}"), cards.SelectMany(page => page));
        Assert.Equal(250, (await client.ToolNamesAsync()).Length);
    }

    [Fact]
    public async Task Page_WhoseModelsChange_GoesOnBehindTheLastOne()
    {
        await using var host = await StartAsync(150);
        await using var client = await AgentClient.ConnectAsync(host);
        var first = await client.ListToolsAsync(new ListToolsRequestParams(), Token);

        host.Services.GetRequiredService<ServedModels>().Add(new ServedModel("aaa", new LoadedModel(FakeModels.Doubler())));
        host.Services.GetRequiredService<ServedModels>().Add(new ServedModel("zzz", new LoadedModel(FakeModels.Doubler())));
        var second = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = first.NextCursor }, Token);

        Assert.Equal([.. Enumerable.Range(100, 50).Select(i => $"m{i:000}_transform"), "zzz_transform"], second.Tools.Select(tool => tool.Name));
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task Page_OfWideModels_EndsEarlier()
    {
        await using var host = await StartAsync(0, map: app =>
        {
            for (var i = 0; i < 4; i++)
            {
                app.MapModel($"/wide{i}/", FakeModels.Counter(new TableSpec([.. Enumerable.Range(0, 1000).Select(feature => new Feature(FeatureKind.Number) { Name = $"a feature with a name of some length, {feature}" })])));
            }
        });
        await using var client = await AgentClient.ConnectAsync(host);

        var page = await client.ListToolsAsync(new ListToolsRequestParams(), Token);

        Assert.InRange(page.Tools.Count, 1, 3);
        Assert.InRange(page.Tools.Sum(tool => tool.InputSchema.GetRawText().Length), 50_000, 256 * 1024);
        Assert.NotNull(page.NextCursor);
        Assert.Equal(4, (await client.ToolNamesAsync()).Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("flama:*")]
    public async Task Cursor_OfAnotherList_IsAnError(string cursor)
    {
        await using var host = await StartAsync(1);
        await using var client = await AgentClient.ConnectAsync(host);

        var tools = await Assert.ThrowsAsync<McpProtocolException>(() => client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, Token).AsTask());
        var cards = await Assert.ThrowsAsync<McpProtocolException>(() => client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = cursor }, Token).AsTask());

        Assert.Equal((McpErrorCode.InvalidParams, McpErrorCode.InvalidParams), (tools.ErrorCode, cards.ErrorCode));
        Assert.Contains("Ask for the list from its beginning", tools.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTheApplicationsOwnHandler_GoesOnAfterTheModels()
    {
        await using var host = await StartAsync(150, builder => builder.Services.AddMcpServer().WithListToolsHandler((context, _) => ValueTask.FromResult(
            context.Params?.Cursor is null
                ? new ListToolsResult { Tools = [new Tool { Name = "own.1" }], NextCursor = "2.a" }
                : new ListToolsResult { Tools = [new Tool { Name = $"own.{context.Params.Cursor}" }] })));
        await using var client = await AgentClient.ConnectAsync(host);

        var pages = await PagesAsync(async cursor => await client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, Token), page => page.Tools.Select(tool => tool.Name));

        Assert.Equal([101, 50, 1], pages.Select(page => page.Length));
        Assert.Equal(("own.1", "m000_transform", "own.2.a"), (pages[0][0], pages[0][1], pages[2][0]));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<List<string[]>> PagesAsync<TResult>(Func<string?, Task<TResult>> ask, Func<TResult, IEnumerable<string>> namesOf)
        where TResult : PaginatedResult
    {
        List<string[]> pages = [];
        string? cursor = null;
        do
        {
            var page = await ask(cursor);
            pages.Add([.. namesOf(page)]);
            cursor = page.NextCursor;
        }
        while (cursor is not null && pages.Count < 20);
        return pages;
    }

    private static Task<FlamaHost> StartAsync(int models, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null) => ModelToolTests.StartAsync(
        app =>
        {
            for (var i = models - 1; i >= 0; i--)
            {
                app.Services.GetRequiredService<ServedModels>().Add(new ServedModel($"m{i:000}", new LoadedModel(FakeModels.Doubler())));
            }

            map?.Invoke(app);
        },
        configure: configure);
}
