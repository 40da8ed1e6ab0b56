using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting;

/// <summary>Loads the models when the application starts, so that a file that cannot be loaded stops the start and not the first call.</summary>
internal sealed class ModelStartup(ModelCatalog catalog, ILogger<ServedModel> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var eager = catalog.Registrations.Where(registration => !registration.Options.LoadsLazily).ToArray();
        catalog.Models.Load(model => eager.Any(registration => registration.Name == model.Name));
        foreach (var registration in eager)
        {
            using var lease = catalog.Models[registration.Name].Acquire();
            var metadata = lease.Model.Metadata;
            Log.ModelLoaded(logger, registration.Name, metadata.ModelClass, metadata.Framework, metadata.FrameworkVersion, lease.Loaded.Elapsed.TotalMilliseconds);
            foreach (var warning in lease.Model.Warnings)
            {
                Log.ModelWarning(logger, registration.Name, warning);
            }
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
