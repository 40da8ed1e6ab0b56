using Flama.Hosting;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests;

/// <summary>A model in the place of another, while requests come in.</summary>
public sealed class ReplaceTests
{
    private const string Rows = """{"input":[[1,2]]}""";

    [Fact]
    public async Task Replace_ModelWithOtherMethods_AnswersForTheNewOneAtOnce()
    {
        ServedModel served = null!;
        await using var host = await StartAsync(FakeModels.Linear(), found => served = found);
        var before = await host.GetAsync("/schema/");
        await host.PostAsync("/decision_function/", Rows);

        served.Replace(new LoadedModel(FakeModels.Doubler()));

        Assert.Equal(404, (await host.PostAsync("/predict/", Rows)).Status);
        Assert.Equal(404, (await host.PostAsync("/stream/", "[[1]]")).Status);
        Assert.Equal("""{"output":[[6.0]]}""", (await host.PostAsync("/transform/", """{"input":[[3]]}""")).Body);
        Assert.Equal("Doubler", (await host.GetAsync("/")).Json.GetProperty("meta").GetProperty("model").GetProperty("obj").GetString());
        var after = await host.GetAsync("/schema/");
        Assert.Contains("/predict_proba/", before.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/predict_proba/", after.Body, StringComparison.Ordinal);
        Assert.Contains("/transform/", after.Body, StringComparison.Ordinal);
        Assert.Contains(host.Log.All, line => line.Id == 1003 && line.Text.Contains("Doubler", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replace_ModelWithTheSameMethods_ChangesTheSchemaToo()
    {
        ServedModel served = null!;
        await using var host = await StartAsync(FakeModels.Text(), found => served = found);
        await host.GetAsync("/schema/");

        served.Replace(new LoadedModel(FakeModels.Customer()));

        Assert.Contains("country", (await host.GetAsync("/schema/")).Body, StringComparison.Ordinal);
        Assert.Equal("""{"output":[3.0]}""", (await host.PostAsync("/predict/", """{"input":[[1,"France",1,2]]}""")).Body);
    }

    [Fact]
    public async Task Replace_RequestAtHand_EndsOnTheOldModelWhichIsDisposedBehindIt()
    {
        using SemaphoreSlim reached = new(0);
        using SemaphoreSlim goOn = new(0);
        ServedModel served = null!;
        var old = FakeModels.Waiting(reached, goOn, answer: 1);
        var next = FakeModels.Waiting(new SemaphoreSlim(0), new SemaphoreSlim(1), answer: 2);
        await using (var host = await StartAsync(old, found => served = found))
        {
            var atHand = host.PostAsync("/predict/", """{"input":[[0]]}""");
            await reached.WaitAsync(TestContext.Current.CancellationToken);

            served.Replace(new LoadedModel(next));
            var isDisposedTooEarly = old.IsDisposed;
            var after = await host.PostAsync("/predict/", """{"input":[[0]]}""");
            goOn.Release();

            Assert.False(isDisposedTooEarly);
            Assert.Equal("""{"output":[2.0]}""", after.Body);
            Assert.Equal("""{"output":[1.0]}""", (await atHand).Body);
            await old.Disposed;
            Assert.False(next.IsDisposed);
        }

        Assert.True(next.IsDisposed);
        Assert.Equal((1, 1), (old.DisposeCount, next.DisposeCount));
    }

    [Fact]
    public async Task Replace_UnderLoad_NoRequestFailsAndEveryModelIsDisposedOnce()
    {
        const int replacements = 200;
        ServedModel served = null!;
        List<FakeModel> models = [FakeModels.Constant(0)];
        await using (var host = await StartAsync(models[0], found => served = found))
        {
            using CancellationTokenSource done = new();
            var clients = Enumerable.Range(0, 4).Select(_ => AskAsync(host, done.Token)).ToArray();
            for (var i = 1; i <= replacements; i++)
            {
                var next = FakeModels.Constant(i);
                models.Add(next);
                served.Replace(new LoadedModel(next));
                var seen = await host.PostAsync("/predict/", """{"input":[[0]]}""");
                Assert.Equal($$"""{"output":[{{i}}.0]}""", seen.Body);
            }

            await done.CancelAsync();
            var answers = (await Task.WhenAll(clients)).SelectMany(bodies => bodies).ToList();
            Assert.NotEmpty(answers);
            Assert.All(answers, body => Assert.Matches(@"^\{""output"":\[\d+\.0\]\}$", body));
        }

        Assert.All(models, model => Assert.Equal(1, model.DisposeCount));
    }

    [Fact]
    public async Task Replace_AfterTheEnd_DisposesTheNewModel()
    {
        ServedModel served = null!;
        var first = FakeModels.Constant(1);
        var host = await StartAsync(first, found => served = found);
        await host.DisposeAsync();
        var next = FakeModels.Constant(2);

        Assert.Throws<ObjectDisposedException>(() => served.Replace(new LoadedModel(next)));
        Assert.Throws<ObjectDisposedException>(() => served.Acquire());

        Assert.Equal((1, 1), (first.DisposeCount, next.DisposeCount));
    }

    [Fact]
    public async Task Replace_Conventions_HoldForTheNewEndpoints()
    {
        ServedModel served = null!;
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapGroup("/group").MapModel("/m", FakeModels.Linear()).WithMetadata(new Mark());
            app.MapGet("/marks", (Microsoft.AspNetCore.Routing.EndpointDataSource endpoints) =>
                string.Join(' ', endpoints.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<Mark>() is not null).Select(endpoint => endpoint.DisplayName)));
            served = app.Services.GetRequiredService<ServedModels>().Models[0];
        });

        served.Replace(new LoadedModel(FakeModels.Doubler()));

        Assert.Equal("""{"output":[[2.0]]}""", (await host.PostAsync("/group/m/transform", """{"input":[[1]]}""")).Body);
        Assert.Contains("m: transform", (await host.GetAsync("/marks")).Body, StringComparison.Ordinal);
    }

    private static async Task<List<string>> AskAsync(FlamaHost host, CancellationToken done)
    {
        List<string> bodies = [];
        while (!done.IsCancellationRequested)
        {
            bodies.Add((await host.PostAsync("/predict/", """{"input":[[0]]}""")).Body);
        }

        return bodies;
    }

    private static Task<FlamaHost> StartAsync(FakeModel model, Action<ServedModel> found) => FlamaHost.StartAsync(app =>
    {
        ServedModel served = new("model", new LoadedModel(model));
        app.Services.GetRequiredService<ServedModels>().Add(served);
        app.MapModel("/", served);
        found(served);
    });

    private sealed class Mark;
}
