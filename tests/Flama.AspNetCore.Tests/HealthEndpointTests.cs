using Flama.Hosting;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flama.AspNetCore.Tests;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Health_WithoutAModel_IsUnhealthyButLive()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapFlamaHealth());

        Assert.Equal(503, (await host.GetAsync("/health")).Status);
        Assert.Equal(503, (await host.GetAsync("/health/ready")).Status);
        Assert.Equal(503, (await host.GetAsync("/health/startup")).Status);
        Assert.Equal(200, (await host.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Health_OfAModelThatFails_IsUnhealthyAndTellsNoMore()
    {
        await using var host = await FlamaHost.StartAsync(Map(FakeModels.Throwing(() => new InvalidOperationException("/secret/path"))));

        var answer = await host.GetAsync("/health");

        Assert.Equal(503, answer.Status);
        Assert.Equal(("failed", "internal"), (State(answer), answer.Json.GetProperty("models")[0].GetProperty("last_error").GetString()));
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfAModelThatRefusesTheMadeUpRow_IsHealthy()
    {
        await using var host = await FlamaHost.StartAsync(Map(FakeModels.Throwing(() => new FlamaException(ErrorCodes.InvalidInput, "Not such a row."))));

        var answer = await host.GetAsync("/health");

        Assert.Equal((200, "ready"), (answer.Status, State(answer)));
    }

    [Fact]
    public async Task Health_OfTensors_IsHealthy()
    {
        await using var host = await FlamaHost.StartAsync(Map(FakeModels.Tensors()));

        var answer = await host.GetAsync("/health");

        Assert.Equal((200, "ready"), (answer.Status, State(answer)));
    }

    [Fact]
    public async Task Startup_OnceHealthy_StaysSo()
    {
        ServedModels? models = null;
        await using var host = await FlamaHost.StartAsync(app =>
        {
            models = app.Services.GetRequiredService<ServedModels>();
            models.Add(new ServedModel("sum", new LoadedModel(FakeModels.Linear())));
            app.MapFlamaHealth();
        });
        var before = await host.GetAsync("/health/startup");

        models!["sum"].Replace(new LoadedModel(FakeModels.Throwing(() => new InvalidOperationException("x"))));

        Assert.Equal(200, before.Status);
        Assert.Equal(503, (await host.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await host.GetAsync("/health/startup")).Status);
    }

    [Fact]
    public async Task Health_WithChecksOfTheApplication_JoinsThem()
    {
        await using var host = await FlamaHost.StartAsync(
            app =>
            {
                Map(FakeModels.Linear())(app);
                app.MapHealthChecks("/all");
            },
            configure: builder => builder.Services.AddHealthChecks()
                .AddCheck("database", () => HealthCheckResult.Unhealthy(), tags: ["ready"])
                .AddCheck("mail", () => HealthCheckResult.Degraded()));

        var ready = await host.GetAsync("/health/ready");
        var all = await host.GetAsync("/health");

        Assert.Equal((503, "unhealthy"), (ready.Status, ready.Json.GetProperty("checks").GetProperty("database").GetString()));
        Assert.False(ready.Json.GetProperty("checks").TryGetProperty("mail", out _));
        Assert.Equal("degraded", all.Json.GetProperty("checks").GetProperty("mail").GetString());
        Assert.Equal((503, "Unhealthy"), await Pair(host, "/all"));
    }

    private static Action<WebApplication> Map(Model model) => app =>
    {
        app.Services.GetRequiredService<ServedModels>().Add(new ServedModel("model", new LoadedModel(model)));
        app.MapFlamaHealth();
    };

    private static string? State(Answer answer) => answer.Json.GetProperty("models")[0].GetProperty("state").GetString();

    private static async Task<(int Status, string Body)> Pair(FlamaHost host, string path)
    {
        var answer = await host.GetAsync(path);
        return (answer.Status, answer.Body);
    }
}
