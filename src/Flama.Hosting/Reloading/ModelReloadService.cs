using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Reloading;

/// <summary>Watches the files of the models that ask for it, each on its own.</summary>
internal sealed class ModelReloadService(ModelCatalog catalog, IEnumerable<ModelSubstitution> substitutions, ILogger<ServedModel> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<ModelReloader> reloaders = [];
        foreach (var registration in catalog.Registrations)
        {
            if (registration.Options.Reload is { } options && ModelSubstitution.Find(substitutions, registration.Name) is null)
            {
                reloaders.Add(new ModelReloader(catalog.Models[registration.Name], options, logger));
            }
        }

        return Task.WhenAll(reloaders.Select(reloader => reloader.RunAsync(stoppingToken)));
    }
}
