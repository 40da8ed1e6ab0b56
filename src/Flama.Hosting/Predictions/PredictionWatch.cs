using Microsoft.Extensions.DependencyInjection;

namespace Flama.Hosting.Predictions;

/// <summary>That requests are recorded, and logged. An application without it records nothing.</summary>
/// <param name="Log">The log; null for none.</param>
internal sealed record PredictionWatch(PredictionLog? Log)
{
    /// <summary>What an application records; null for nothing.</summary>
    public static PredictionWatch? Of(IServiceProvider host) =>
        host.GetServices<WatchReason>().Any(reason => reason.Holds(host)) ? new(host.GetService<PredictionLog>()) : null;
}
