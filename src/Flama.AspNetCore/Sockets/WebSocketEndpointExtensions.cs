using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore;
using Flama.AspNetCore.Sockets;
using Flama.AspNetCore.Streaming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>WebSocket endpoints of an application's own.</summary>
public static class WebSocketEndpointExtensions
{
    /// <summary>Maps a function to WebSocket connections: it has the connection until it returns, and the connection closes with 1000 then.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path; its parameters are in <c>connection.Context.Request.RouteValues</c>.</param>
    /// <param name="handle">Handles a connection. What it throws is logged, and closes with 1011.</param>
    /// <returns>The endpoint, to add conventions such as <c>RequireAuthorization</c>.</returns>
    /// <remarks>
    /// <c>UseWebSockets</c> is not needed. Sizes, compression and origins of pages are those of <see cref="FlamaHttpOptions.WebSockets"/>; a request that opens no connection is answered 426. When the
    /// application stops, connections close with 1001.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapWebSocket(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Func<SocketConnection, Task> handle)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(handle);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapWebSocket));
        return endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Connect], StreamEndpoints.Sockets(endpoints, new SocketEndpoint(handle, services).HandleAsync)).ExcludeFromDescription();
    }
}
