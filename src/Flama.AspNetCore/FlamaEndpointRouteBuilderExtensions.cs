using Flama.AspNetCore;
using Flama.AspNetCore.Docs;
using Flama.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what an application has beside its models.</summary>
public static class FlamaEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the OpenAPI document (<see cref="FlamaOptions.SchemaPath"/>) and the interactive page (<see cref="FlamaOptions.DocsPath"/>),
    /// each unless its path is empty. The document describes every endpoint of the application.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <returns>The endpoints, to add conventions to all of them.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapFlama(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var document = FlamaServices.Get<SchemaDocument>(services, nameof(MapFlama));
        var options = FlamaServices.Get<IOptions<FlamaOptions>>(services, nameof(MapFlama)).Value;
        var group = endpoints.MapGroup(string.Empty);
        group.ExcludeFromDescription();
        if (!string.IsNullOrEmpty(options.SchemaPath))
        {
            Map(group, options.SchemaPath, new SchemaEndpoint(document).HandleAsync);
        }

        if (!string.IsNullOrEmpty(options.DocsPath))
        {
            MapDocs(group, options, FlamaServices.Get<DocsAssets>(services, nameof(MapFlama)));
        }

        return group;
    }

    private static void MapDocs(RouteGroupBuilder group, FlamaOptions options, DocsAssets assets)
    {
        var path = options.DocsPath!.TrimEnd('/');
        Map(group, options.DocsPath, new DocsPage(options).HandleAsync);
        foreach (var asset in assets.All)
        {
            Map(group, $"{path}/{asset.Name}", asset.HandleAsync);
        }
    }

    private static void Map(RouteGroupBuilder group, string path, RequestDelegate handler) =>
        group.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], handler);
}
