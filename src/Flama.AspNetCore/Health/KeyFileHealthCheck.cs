using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flama.AspNetCore.Health;

/// <summary>Degraded while a file of keys that was read at the start is gone or cannot be read, so that what changes in it does not count.</summary>
/// <param name="findFault">Looks at the file: why it cannot be read, null where it can.</param>
internal sealed class KeyFileHealthCheck(Func<ErrorCode?> findFault) : IHealthCheck
{
    /// <summary>The names of the checks: of the keys of callers, and of those that sign tokens.</summary>
    public const string Keys = "flama.keys", TokenKeys = "flama.token_keys";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        findFault() is { } fault ? HealthCheckResult.Degraded($"Its file cannot be read: {fault.Name}.") : HealthCheckResult.Healthy());

    /// <summary>Adds it to the checks of an application, once.</summary>
    /// <typeparam name="TKeys">The service that has read the file.</typeparam>
    /// <param name="services">The application's.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="faultOf">What looks at the file; null where the keys are elsewhere.</param>
    public static void Add<TKeys>(IServiceCollection services, string name, Func<TKeys, Func<ErrorCode?>?> faultOf)
        where TKeys : class
    {
        services.AddHealthChecks();
        services.AddOptions<HealthCheckServiceOptions>().Configure<TKeys>((health, keys) =>
        {
            if (faultOf(keys) is { } findFault && health.Registrations.All(check => check.Name != name))
            {
                health.Registrations.Add(new(name, new KeyFileHealthCheck(findFault), HealthStatus.Degraded, ["flama", "ready"]));
            }
        });
    }
}
