using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore;
using Flama.AspNetCore.JsonRpc;
using Flama.AspNetCore.Predict;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Endpoints of JSON-RPC.</summary>
public static class JsonRpcEndpointExtensions
{
    /// <summary>Maps an endpoint of JSON-RPC 2.0: <c>POST</c> of one call or a batch of at most 100, answered 200 with a result or an error each, or 204 where all are notifications.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="add">Adds the methods.</param>
    /// <returns>The endpoint, to add conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapJsonRpc(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<JsonRpcMethods> add)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(add);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapJsonRpc));
        JsonRpcMethods methods = new(endpoints.ServiceProvider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        add(methods);
        RequestDelegate handle = new JsonRpcEndpoint(methods.All, services).HandleAsync;
        return endpoints.MapMethods(pattern, [HttpMethods.Post], handle).ExcludeFromDescription().WithMetadata(new RequestSizeLimit(services.Options.MaxRequestBodyBytes));
    }
}
