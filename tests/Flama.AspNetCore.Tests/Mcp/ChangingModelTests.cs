using Flama.Hosting;
using Flama.Hosting.Repository;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Flama.Tests.Mcp;

/// <summary>Models that come, are replaced and go while agents are connected.</summary>
public sealed class ChangingModelTests : IDisposable
{
    private static readonly string Xor = Fixtures.PathOf("http", "flama-2.2", "models", "xor.flm");

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public async Task Replace_ByAnotherModel_ChangesToolsAndTellsClients(string version)
    {
        ServedModel served = null!;
        await using var host = await ModelToolTests.StartAsync(app =>
        {
            app.MapModel("/model/", FakeModels.Linear());
            served = app.Services.GetRequiredService<ServedModels>()["model"];
        });
        await using var client = await AgentClient.ConnectAsync(host, version: version);
        await using var told = await ListenAsync(client, version);
        var before = await client.ToolNamesAsync();

        served.Replace(new LoadedModel(FakeModels.Doubler()));

        await told.Task;
        Assert.Equal(["model_decision_function", "model_predict", "model_predict_proba"], before);
        Assert.Equal(["model_transform"], await client.ToolNamesAsync());
        Assert.Equal("""{"output":[[6.0]]}""", (await client.CallAsync("model_transform", new[] { new[] { 3 } })).Text());
    }

    [Fact]
    public async Task Replace_ByAModelOfTheSameForm_TellsClients()
    {
        ServedModel served = null!;
        await using var host = await ModelToolTests.StartAsync(app =>
        {
            app.MapModel("/model/", FakeModels.Constant(1));
            served = app.Services.GetRequiredService<ServedModels>()["model"];
        });
        await using var client = await AgentClient.ConnectAsync(host);
        await using var told = await ListenAsync(client, "2026-07-28");

        served.Replace(new LoadedModel(FakeModels.Constant(2)));

        await told.Task;
        Assert.Equal("""{"output":[2.0]}""", (await client.CallAsync("model_predict", new[] { new[] { 3 } })).Text());
    }

    [Fact]
    public async Task Repository_WhoseModelsComeAndGo_ChangesTools()
    {
        Add("first");
        ModelRepository repository = null!;
        await using var host = await ModelToolTests.StartAsync(
            app => repository = app.Services.GetRequiredService<ModelRepository>(),
            configure: builder => builder.Services.AddFlama().AddRepository(directory.Root, options => options.PollInterval = TimeSpan.Zero));
        await using var client = await AgentClient.ConnectAsync(host);
        await using var told = await ListenAsync(client, "2026-07-28");
        var unloaded = await client.ToolNamesAsync();

        var answer = await client.CallAsync("first_predict", new[] { new[] { 0, 1 } });
        var loaded = await client.ToolNamesAsync();
        await told.Task;
        Add("second");
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        var both = await client.ToolNamesAsync();
        Directory.Delete(directory.PathOf("first"), recursive: true);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["first_predict"], unloaded);
        Assert.StartsWith("""{"output":[1]""", answer.Text(), StringComparison.Ordinal);
        Assert.Contains("first_predict_proba", loaded);
        Assert.Equal(["first_predict", "first_predict_log_proba", "first_predict_proba", "second_predict"], both);
        Assert.Equal(["second_predict"], await client.ToolNamesAsync());
        Assert.Equal("flama://models/second", Assert.Single(await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Uri);
        Assert.Contains("Unknown tool", (await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(() => client.CallAsync("first_predict", null))).Message, StringComparison.Ordinal);
    }

    private void Add(string name)
    {
        Directory.CreateDirectory(directory.PathOf(name));
        File.Copy(Xor, directory.PathOf($"{name}/model.flm"));
    }

    private static async Task<Change> ListenAsync(McpClient client, string version)
    {
        Change change = new();
        change.Registration = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            change.Told();
            return ValueTask.CompletedTask;
        });
        if (version == "2026-07-28")
        {
            await change.SubscribeAsync(client);
        }

        return change;
    }

    private sealed class Change : IAsyncDisposable
    {
        private readonly TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource ending = new();

        public IAsyncDisposable Registration { get; set; } = null!;

        public Task Task => told.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        public void Told() => told.TrySetResult();

        // The server acknowledges before it tells anything.
        public async Task SubscribeAsync(McpClient client)
        {
            TaskCompletionSource acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (notification, _) =>
            {
                acknowledged.TrySetResult();
                return ValueTask.CompletedTask;
            });
            _ = client.SendRequestAsync(
                new JsonRpcRequest
                {
                    Method = RequestMethods.SubscriptionsListen,
                    Params = System.Text.Json.Nodes.JsonNode.Parse("""{"notifications":{"toolsListChanged":true,"resourcesListChanged":true}}"""),
                },
                ending.Token);
            await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await Registration.DisposeAsync();
            await ending.CancelAsync();
            ending.Dispose();
        }
    }
}
