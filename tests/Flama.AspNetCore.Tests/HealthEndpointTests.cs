using System.Security.Cryptography;
using Flama.Hosting;
using Flama.Hosting.Keys;
using Flama.Tests;
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

    [Theory]
    [InlineData(true, "flama.keys")]
    [InlineData(false, "flama.token_keys")]
    public async Task Health_WhileAFileOfKeysIsDamagedOrGone_IsDegradedAndReady(bool isOfCallers, string check)
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys");
        using var rsa = RSA.Create();
        if (isOfCallers)
        {
            ApiKeyFile.Add(file, "caller", ["predict"]);
        }
        else
        {
            await File.WriteAllTextAsync(file, rsa.ExportSubjectPublicKeyInfoPem(), TestContext.Current.CancellationToken);
        }

        var whole = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await using var host = await FlamaHost.StartAsync(Map(FakeModels.Linear()), configure: builder =>
        {
            var flama = builder.Services.AddFlamaHosting();
            _ = isOfCallers ? flama.AddApiKeys(file) : flama.AddFlamaTokens(tokens => (tokens.Issuer, tokens.Audience, tokens.Keys) = ("us", "them", file));
        });

        var before = await host.GetAsync("/health");
        await File.WriteAllTextAsync(file, "{\"keys\": [", TestContext.Current.CancellationToken);
        var damaged = await UntilAsync(host, check, "degraded");
        await File.WriteAllTextAsync(file, whole, TestContext.Current.CancellationToken);
        await UntilAsync(host, check, "healthy");
        File.Delete(file);
        var gone = await UntilAsync(host, check, "degraded");

        Assert.Equal((200, "healthy", "healthy"), (before.Status, before.Json.GetProperty("status").GetString(), before.Json.GetProperty("checks").GetProperty(check).GetString()));
        Assert.Equal((200, "degraded"), (damaged.Status, damaged.Json.GetProperty("status").GetString()));
        Assert.Equal((200, "degraded"), (gone.Status, gone.Json.GetProperty("status").GetString()));
        Assert.DoesNotContain(directory.Root, gone.Body, StringComparison.Ordinal);
    }

    private static Action<WebApplication> Map(Model model) => app =>
    {
        app.Services.GetRequiredService<ServedModels>().Add(new ServedModel("model", new LoadedModel(model)));
        app.MapFlamaHealth();
    };

    // The file is looked at a few times a second.
    private static async Task<Answer> UntilAsync(FlamaHost host, string check, string status)
    {
        for (var deadline = Environment.TickCount64 + 30_000; ;)
        {
            var answer = await host.GetAsync("/health/ready");
            if (answer.Json.GetProperty("checks").GetProperty(check).GetString() == status)
            {
                return answer;
            }

            Assert.True(Environment.TickCount64 < deadline, "It did not come about in time.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static string? State(Answer answer) => answer.Json.GetProperty("models")[0].GetProperty("state").GetString();

    private static async Task<(int Status, string Body)> Pair(FlamaHost host, string path)
    {
        var answer = await host.GetAsync(path);
        return (answer.Status, answer.Body);
    }
}
