using Flama.Hosting;
using Flama.Hosting.Predictions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Records what an application's models are asked: as a log, and as figures.</summary>
public static class PredictionRecordingExtensions
{
    /// <summary>
    /// Logs a record per request of a model's method, and per line or message of a stream: time, model, method, id, version, rows, features, status, latency, how many
    /// rows got each class (or, for numbers, each tenth of the answers before), error code and correlation id. What was asked and answered is never part of it.
    /// </summary>
    /// <remarks>Requests wait for nothing; when the log's disk is full or slow, records are lost, counted and warned of.</remarks>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets options, over those of the section <c>Flama:PredictionLog</c> of the configuration; null for none.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddPredictionLog(this IFlamaBuilder builder, Action<PredictionLogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<PredictionLogOptions>("PredictionLog", static (section, log) => section.Bind(log))
            .Validate(options => options.SampleRate is > 0 and <= 1, $"{nameof(PredictionLogOptions.SampleRate)} must be above 0 and up to 1.");
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddSingleton(static provider =>
            new PredictionLog(provider.GetRequiredService<IOptions<PredictionLogOptions>>().Value, provider.GetRequiredService<ILoggerFactory>()));
        return builder.AddWatch();
    }

    /// <summary>Counts what models are asked, in memory that does not grow with the requests.</summary>
    internal static IFlamaBuilder AddPredictionStatistics(this IFlamaBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(static provider =>
            new PredictionStatistics(provider.GetRequiredService<ServedModels>(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return builder.AddWatch();
    }

    /// <summary>Has requests recorded.</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="holds">Whether they are, by the options of the application; null for in any case.</param>
    internal static IFlamaBuilder AddWatch(this IFlamaBuilder builder, Func<IServiceProvider, bool>? holds = null)
    {
        builder.Services.AddSingleton(new WatchReason(holds ?? (static _ => true)));
        return builder;
    }
}
