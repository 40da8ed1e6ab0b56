using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flama.Hosting.Health;

/// <summary>
/// Healthy when there is a model and all required ones are loaded and have answered a row; degraded when the last file of one could not be loaded and the
/// one before still serves; unhealthy once the application was asked to stop.
/// </summary>
internal sealed class ModelHealthCheck(HealthProbe probe) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var models = probe.Look();
        var data = models.ToDictionary(model => model.Name, object (model) => model.StateName, StringComparer.Ordinal);
        var (status, description) = (probe.StatusOf(models), models) switch
        {
            (_, []) => (HealthStatus.Unhealthy, "The application has no model."),
            _ when probe.IsStopping => (HealthStatus.Unhealthy, "The application is stopping."),
            (HealthStatus.Unhealthy, _) => (HealthStatus.Unhealthy, $"Not ready: {Names(models, ModelState.NotLoaded, ModelState.Failed)}."),
            (HealthStatus.Degraded, _) => (HealthStatus.Degraded, $"Served from an older file, or failing: {Names(models, ModelState.Stale, ModelState.Failed)}."),
            _ => (HealthStatus.Healthy, $"{models.Count} loaded."),
        };
        return Task.FromResult(new HealthCheckResult(status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : status, description, null, data));
    }

    private static string Names(IReadOnlyList<ModelHealth> models, params ModelState[] states) =>
        string.Join(", ", models.Where(model => states.Contains(model.State)).Select(model => model.Name));
}
