using Flama.AspNetCore.Auditing;
using Flama.AspNetCore.Health;
using Flama.Hosting.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the health of an application's models.</summary>
public static class FlamaHealthEndpointExtensions
{
    /// <summary>
    /// Maps <c>{path}</c> (everything), <c>{path}/live</c> (the process answers), <c>{path}/ready</c> (it shall get traffic) and <c>{path}/startup</c> (its models
    /// have been loaded once): 200 or 503 with a JSON document that tells each model's state. Other health checks of the application count for the first, those
    /// with the tag <c>ready</c> for the third; <c>MapHealthChecks</c> shows the models too, as the check <c>flama</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="path">The path, starting with a slash.</param>
    /// <returns>The endpoints, to add conventions to all of them; they need no credentials unless such are added here.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapFlamaHealth(this IEndpointRouteBuilder endpoints, string path = "/health")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var probe = endpoints.ServiceProvider.GetService<HealthProbe>() ?? throw new InvalidOperationException(
            $"{nameof(MapFlamaHealth)} needs the services of Flama. Call builder.Services.AddFlama() before the application is built.");
        var group = endpoints.MapGroup(path);
        group.ExcludeFromDescription();
        group.DisableRateLimiting().WithMetadata(Unaudited.Mark);
        Map(group, "/", probe, HealthQuestion.All);
        Map(group, "/live", probe, HealthQuestion.Live);
        Map(group, "/ready", probe, HealthQuestion.Ready);
        Map(group, "/startup", probe, HealthQuestion.Startup);
        return group;
    }

    private static void Map(RouteGroupBuilder group, string path, HealthProbe probe, HealthQuestion question)
    {
        RequestDelegate handler = new HealthEndpoint(probe, question).HandleAsync;
        group.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], handler);
    }
}
