using Flama.AspNetCore;
using Flama.AspNetCore.Statistics;
using Flama.Hosting;
using Flama.Hosting.Predictions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Shows what an application's models are asked.</summary>
public static class FlamaStatisticsExtensions
{
    /// <summary>
    /// Counts what models are asked since the application started, for <see cref="MapFlamaStatistics"/>: requests, errors by code, rows, quantiles of the latency and
    /// classes of the answers, per model, version and method. Memory is bounded: histograms, not samples, of the latest eight versions of a model.
    /// </summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddFlamaStatistics(this IFlamaBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ServedFormPolicy>());
        return builder.AddPredictionStatistics();
    }

    /// <summary>
    /// Maps the figures as JSON, and for browsers a page that draws them. Quantiles are those of all requests since the start, off by at most 7 %. Where the
    /// application has keys (<c>AddApiKeys</c>), the figures need one with the scope <c>inspect</c>, which the page asks for.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="path">The path, starting with a slash.</param>
    /// <returns>The endpoints, to add conventions to all of them.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> or <see cref="AddFlamaStatistics"/> was not called.</exception>
    public static IEndpointConventionBuilder MapFlamaStatistics(this IEndpointRouteBuilder endpoints, string path = "/stats")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapFlamaStatistics));
        var statistics = endpoints.ServiceProvider.GetService<PredictionStatistics>() ?? throw new InvalidOperationException(
            $"{nameof(MapFlamaStatistics)} needs what {nameof(AddFlamaStatistics)} adds. Call it before the application is built.");
        var group = endpoints.MapGroup(string.Empty);
        group.ExcludeFromDescription();
        services.Keys.Protect(Map(group, path, new StatisticsEndpoint(statistics).HandleAsync).WithMetadata(new ServedForm(IsPage: false)), ApiKeyDefaults.InspectPolicy);
        Map(group, path, new StatisticsPage(services.Flama.Title).HandleAsync).WithMetadata(new ServedForm(IsPage: true));
        foreach (var asset in StatisticsPage.Assets)
        {
            Map(group, $"{path.TrimEnd('/')}/{asset.Name}", asset.HandleAsync);
        }

        return group;
    }

    private static IEndpointConventionBuilder Map(RouteGroupBuilder group, string path, RequestDelegate handler) =>
        group.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], handler);
}
