using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Sources;

/// <summary>Asks a source again and again whether a file has changed, and brings the new one into the cache, where the model's reloading meets it.</summary>
internal sealed class SourcePolling(ModelSources sources, Uri location, TimeSpan interval, ILogger<ModelSources> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(interval);
        string? told = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                told = await PullAsync(told, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    // What goes wrong is told once, until it goes right again.
    private async Task<string?> PullAsync(string? told, CancellationToken stoppingToken)
    {
        string? wrong;
        try
        {
            var pulled = await sources.PullAsync(location, null, stoppingToken);
            wrong = pulled.Warning;
            if (pulled.IsNew)
            {
                Log.SourceChanged(logger, ModelSources.Show(location), pulled.Sha256);
            }
        }
#pragma warning disable CA1031 // Whatever a source throws, what is served goes on.
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            wrong = failure.Message;
        }

        if (wrong is not null && wrong != told)
        {
            Log.SourceFailed(logger, ModelSources.Show(location), wrong);
        }

        return wrong;
    }
}
