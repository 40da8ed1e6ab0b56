using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Flama.Redis;

/// <summary>Connects when the application starts, so that the first request need not wait; a Redis that is not there yet holds nothing up for long.</summary>
internal sealed class RedisStartup(RedisConnection connection) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Also runs the code for the first time, which takes longer than any answer.
            await new RedisRateLimitStore(connection).CountAsync("start", TimeSpan.FromSeconds(1));
        }
        catch (RedisException)
        {
            // The first request that needs it tells.
        }
        catch (TimeoutException)
        {
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
