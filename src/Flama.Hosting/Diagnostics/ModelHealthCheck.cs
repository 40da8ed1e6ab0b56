using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flama.Hosting.Diagnostics;

/// <summary>Healthy when there is a model and all models are loaded; degraded when the last file of one could not be loaded and the one before still serves.</summary>
internal sealed class ModelHealthCheck(ServedModels models) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = models.Models;
        if (all.Count == 0)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The application has no model."));
        }

        Dictionary<string, object> data = new(StringComparer.Ordinal);
        List<string> missing = [];
        List<string> stale = [];
        foreach (var model in all)
        {
            data[model.Name] = model switch
            {
                { IsLoaded: false } => "not loaded",
                { LastError: not null } => "loaded; its file has changed and cannot be loaded",
                _ => "loaded",
            };
            if (!model.IsLoaded)
            {
                missing.Add(model.Name);
            }
            else if (model.LastError is not null)
            {
                stale.Add(model.Name);
            }
        }

        return Task.FromResult(
            missing.Count > 0 ? new HealthCheckResult(context.Registration.FailureStatus, $"Not loaded: {string.Join(", ", missing)}.", null, data)
            : stale.Count > 0 ? HealthCheckResult.Degraded($"Served from an older file: {string.Join(", ", stale)}.", null, data)
            : HealthCheckResult.Healthy($"{all.Count} loaded.", data));
    }
}
