using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Configuration;

/// <summary>Warns of features that the configuration sets and the application does not have.</summary>
internal sealed class UnusedSections(FlamaConfiguration configuration, ILogger<UnusedSections> logger) : IHostedLifecycleService
{
    // Not before: the steps of an application may be put together while it starts.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var section in configuration.Root?.GetChildren() ?? [])
        {
            if (FlamaSection.Features.TryGetValue(section.Key, out var method) && !configuration.IsTaken(section.Key))
            {
                Log.SectionUnused(logger, section.Path, method);
            }
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
