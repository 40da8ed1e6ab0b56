using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore;
using Flama.AspNetCore.Calls;
using Flama.AspNetCore.Resources;
using Flama.Mcp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the server for agents.</summary>
public static class FlamaMcpEndpointExtensions
{
    /// <summary>
    /// Maps what <c>AddMcp</c> added: models as tools and resources for agents, by every version of the protocol that the SDK speaks over Streamable HTTP. Where the application has keys
    /// (<c>AddApiKeys</c>) or takes tokens, a request needs valid ones; tools need the scope <c>predict</c> and cards <c>inspect</c>, for their model. Of a model that is mapped there are the
    /// methods that are, for callers whom the authorization of their own endpoints lets in, and through its filters. Lists show what the caller may use.
    /// </summary>
    /// <typeparam name="TRoutes">The application, or a group of its routes.</typeparam>
    /// <param name="endpoints">The application, or a group of its routes. On a variable of the type <see cref="IEndpointRouteBuilder"/> the SDK's method of the same name is called instead, which does not know models.</param>
    /// <param name="pattern">The path; a slash at the end makes no difference.</param>
    /// <returns>The endpoints, to add conventions to all of them.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> or <c>AddMcp</c> was not called.</exception>
    public static IEndpointConventionBuilder MapMcp<TRoutes>(this TRoutes endpoints, [StringSyntax("Route")] string pattern = "/mcp")
        where TRoutes : IEndpointRouteBuilder
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapMcp));
        var models = endpoints.ServiceProvider.GetService<McpModels>() ?? throw new InvalidOperationException(
            $"{nameof(MapMcp)} needs what AddMcp adds. Call builder.Services.AddFlama().AddMcp() before the application is built.");
        models.Follow(() => new ModelCalls(endpoints, services));
        var mapped = McpEndpointRouteBuilderExtensions.MapMcp(endpoints, pattern);
        mapped.ExcludeFromDescription();
        mapped.WithMetadata(new BodyLimit(services.Options.MaxRequestBodyBytes));
        mapped.Finally(CurrentRequest.Keep);
        services.Keys.ProtectForCallers(mapped);
        return mapped;
    }
}
