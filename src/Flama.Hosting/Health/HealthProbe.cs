using Flama.Hosting.Repository;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flama.Hosting.Health;

/// <summary>Tells how the models of an application are. Thread-safe, and computed on the caller's thread.</summary>
internal sealed class HealthProbe(
    ModelCatalog catalog, IEnumerable<ModelRepository> repositories, IHostApplicationLifetime? lifetime = null, IOptions<FlamaOptions>? options = null)
{
    private bool hasStarted;

    /// <summary>Whether the application was asked to stop: it still answers, and takes no new traffic.</summary>
    public bool IsStopping => lifetime?.ApplicationStopping.IsCancellationRequested == true;

    /// <summary>Looks at all models.</summary>
    public IReadOnlyList<ModelHealth> Look()
    {
        var optional = catalog.Registrations.Where(registration => !registration.Options.IsRequired).Select(registration => registration.Name).ToHashSet(StringComparer.Ordinal);
        IEnumerable<ModelHealth> all =
        [
            .. catalog.Models.Models.Select(model => ModelHealth.Of(model, !optional.Contains(model.Name))),
            .. repositories.SelectMany(RepositoryHealth.Of),
        ];
        return options?.Value.HidesInternals == true ? [.. all.Select(model => model with { HidesInternals = true })] : [.. all];
    }

    /// <summary>The status of an application with these models: never healthy without one.</summary>
    public HealthStatus StatusOf(IReadOnlyList<ModelHealth> models)
    {
        if (models.Count == 0 || models.All(model => model.State == ModelState.Failed) || models.Any(model => model.IsRequired && model.State is ModelState.NotLoaded or ModelState.Failed))
        {
            return HealthStatus.Unhealthy;
        }

        Volatile.Write(ref hasStarted, true);
        return models.Any(model => model.State is ModelState.Stale or ModelState.Failed) ? HealthStatus.Degraded : HealthStatus.Healthy;
    }

    /// <summary>Answers a question.</summary>
    public HealthAnswer Answer(HealthQuestion question)
    {
        if (question == HealthQuestion.Live || (question == HealthQuestion.Startup && Volatile.Read(ref hasStarted)))
        {
            return HealthAnswer.Healthy;
        }

        var models = Look();
        var isStopping = IsStopping && question != HealthQuestion.Startup;
        var status = StatusOf(models);
        return new(isStopping ? HealthStatus.Unhealthy : status, isStopping, models);
    }
}
