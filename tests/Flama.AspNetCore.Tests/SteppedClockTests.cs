using System.Globalization;
using System.Text.Json;
using Flama.Tests;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Tests;

/// <summary>A clock that somebody sets, forward and back, while a server runs: durations stay what they are.</summary>
public sealed class SteppedClockTests
{
    private const string Body = """{"input":[[1,1]]}""";

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task RateLimit_OfOneServer_LastsItsWindow(int days)
    {
        SteppedClock clock = new();
        await using var host = await StartAsync(clock);
        await host.PostAsync("/predict/", Body);
        await host.PostAsync("/predict/", Body);

        var before = await host.PostAsync("/predict/", Body);
        clock.Step(TimeSpan.FromDays(days));
        var after = await host.PostAsync("/predict/", Body);
        clock.Pass(TimeSpan.FromSeconds(60));
        var later = await host.PostAsync("/predict/", Body);

        Assert.Equal((429, 429, 200), (before.Status, after.Status, later.Status));
        Assert.Equal(before.Headers.RetryAfter, after.Headers.RetryAfter);
        Assert.InRange(int.Parse(after.Headers.RetryAfter!.ToString(), CultureInfo.InvariantCulture), 1, 60);
    }

    [Fact]
    public async Task Uptime_IsWhatHasPassed()
    {
        SteppedClock clock = new();
        await using var host = await StartAsync(clock);

        clock.Pass(TimeSpan.FromSeconds(10));
        clock.Step(TimeSpan.FromDays(-30));
        using var statistics = JsonDocument.Parse((await host.GetAsync("/stats/", ("Accept", "application/json"))).Body);

        Assert.Equal(10, statistics.RootElement.GetProperty("uptime_s").GetDouble());
        Assert.Equal("2026-03-01T12:00:00Z", statistics.RootElement.GetProperty("started").GetString());
    }

    private static Task<FlamaHost> StartAsync(SteppedClock clock) => FlamaHost.StartAsync(
        app =>
        {
            app.UseFlamaRateLimits();
            app.MapModel("/", FakeModels.Linear());
            app.MapFlamaStatistics("/stats/");
        },
        configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddFlama().AddFlamaStatistics().AddFlamaRateLimits(limits => (limits.Requests, limits.Window) = (2, TimeSpan.FromMinutes(1)));
        });
}
