using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application with something to do at its start and its end.</summary>
public sealed class LifespanTests
{
    private readonly List<string> log = [];

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using (var twin = await FlamaHost.StartAsync(
            app =>
            {
                app.MapGet("/log/", () => log);
                app.MapGet("/next/", (Counter counter) => new { n = counter.Next() });
            },
            configure: builder =>
            {
                builder.Services.AddSingleton(new Counter(log));
                builder.Services.AddHostedService(services => services.GetRequiredService<Counter>());
                builder.Services.AddSingleton<IHostedService>(new Steps(log, "event", null));
                builder.Services.AddSingleton<IHostedService>(new Steps(log, "lifespan", "lifespan stop"));
            }))
        {
            await new TwinReplay("lifespan").RunAsync(twin);
            await twin.StopAsync();
        }

        Assert.Equal(["module", "event", "lifespan", "lifespan stop", "module stop"], log);
    }

    private class Steps(List<string> log, string start, string? stop) : IHostedService
    {
        public virtual Task StartAsync(CancellationToken cancellationToken)
        {
            log.Add(start);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            if (stop is not null)
            {
                log.Add(stop);
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Counter(List<string> log) : Steps(log, "module", "module stop")
    {
        private int n;

        public override Task StartAsync(CancellationToken cancellationToken)
        {
            n = 100;
            return base.StartAsync(cancellationToken);
        }

        public int Next() => Interlocked.Increment(ref n);
    }
}
