using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flama.Hosting;

/// <summary>Lets an application that was asked to stop serve on for a while: readiness is false already, and whoever sends traffic gets to know.</summary>
internal sealed class StopDelay(IOptions<FlamaOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Before any service is stopped, the web server among them.
        if (options.Value.StopDelay > TimeSpan.Zero)
        {
            await Task.Delay(options.Value.StopDelay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
