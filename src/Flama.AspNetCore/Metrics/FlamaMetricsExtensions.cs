using Flama.AspNetCore;
using Flama.AspNetCore.Metrics;
using Flama.Hosting;
using Flama.Hosting.Diagnostics;
using Flama.Hosting.Predictions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Shows the metrics of an application to Prometheus.</summary>
public static class FlamaMetricsExtensions
{
    private const int MaxSeries = 2000;

    // From a tree's microseconds to a large batch, in seconds.
    private static readonly double[] Bounds =
        [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>
    /// Collects Flama's metrics, and those of the runtime, of ASP.NET Core and of its server, for <see cref="MapFlamaMetrics"/>. Applications with an OpenTelemetry
    /// set-up of their own add the meters of <see cref="FlamaDiagnostics"/> there instead.
    /// </summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets options, over those of the section <c>Flama:Metrics</c> of the configuration; null for none.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddFlamaMetrics(this IFlamaBuilder builder, Action<FlamaMetricsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<FlamaMetricsOptions>("Metrics", static (section, metrics) => section.Bind(metrics));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.AddWatch(HasTritonNames);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(new BeforeModels(static provider => provider.GetService<MeterProvider>()));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(FlamaDiagnostics.MeterName, FlamaDiagnostics.RequestMeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddView(instrument => instrument.Meter.Name is FlamaDiagnostics.MeterName or FlamaDiagnostics.RequestMeterName
                && instrument.Name.EndsWith(".duration", StringComparison.Ordinal)
                ? new ExplicitBucketHistogramConfiguration { Boundaries = Bounds, CardinalityLimit = MaxSeries }
                : null)
            .AddPrometheusExporter());
        return builder;
    }

    /// <summary>
    /// Maps the metrics in the text form of Prometheus, or of OpenMetrics where the request asks for it. Where the application has keys
    /// (<c>AddApiKeys</c>), callers need one with the scope <c>inspect</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="path">The path, starting with a slash.</param>
    /// <returns>The endpoint, to add conventions to.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> or <see cref="AddFlamaMetrics"/> was not called.</exception>
    public static IEndpointConventionBuilder MapFlamaMetrics(this IEndpointRouteBuilder endpoints, string path = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapFlamaMetrics));
        if (endpoints.ServiceProvider.GetService<MeterProvider>() is null)
        {
            throw new InvalidOperationException($"{nameof(MapFlamaMetrics)} needs what {nameof(AddFlamaMetrics)} adds. Call it before the application is built.");
        }

        var group = endpoints.MapGroup(string.Empty);
        group.ExcludeFromDescription();
        var mapped = group.MapPrometheusScrapingEndpoint(path);
        services.Keys.Protect(mapped, ApiKeyDefaults.InspectPolicy);
        if (HasTritonNames(endpoints.ServiceProvider))
        {
            PredictionStatistics statistics = new(services.Served, services.Predict.Time);
            mapped.Add(endpoint => endpoint.RequestDelegate = new TritonMetrics(statistics, endpoint.RequestDelegate!).HandleAsync);
        }

        return group;
    }

    private static bool HasTritonNames(IServiceProvider host) => host.GetRequiredService<IOptions<FlamaMetricsOptions>>().Value.TritonNames;
}
