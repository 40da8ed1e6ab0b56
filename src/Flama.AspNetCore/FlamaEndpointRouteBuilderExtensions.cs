using Flama.AspNetCore;
using Flama.AspNetCore.Docs;
using Flama.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what an application has beside its models.</summary>
public static class FlamaEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the OpenAPI document (<see cref="FlamaHttpOptions.SchemaPath"/>) and the interactive page (<see cref="FlamaHttpOptions.DocsPath"/>),
    /// each unless its path is empty. The document describes every endpoint of the application; documents of the application's own are not changed.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <returns>The endpoints, to add conventions to all of them.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapFlama(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapFlama));
        var options = services.Options;
        var group = endpoints.MapGroup(string.Empty);
        group.ExcludeFromDescription();
        if (!string.IsNullOrEmpty(options.SchemaPath))
        {
            Map(group, options.SchemaPath, new SchemaEndpoint(services.Schema).HandleAsync);
        }

        if (!string.IsNullOrEmpty(options.DocsPath))
        {
            MapDocs(group, services);
        }

        return group;
    }

    private static void MapDocs(RouteGroupBuilder group, HttpServices services)
    {
        var docs = services.Options.DocsPath!;
        var path = docs.TrimEnd('/');
        Map(group, docs, new DocsPage(services.Flama.Title, services.Options).HandleAsync);
        foreach (var asset in services.Assets.All)
        {
            Map(group, $"{path}/{asset.Name}", asset.HandleAsync);
        }
    }

    private static void Map(RouteGroupBuilder group, string path, RequestDelegate handler) =>
        group.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], handler);
}
