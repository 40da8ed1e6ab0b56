using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Flama.Mcp;

/// <summary>The HTTP request whose message is handled; known to what runs for it.</summary>
internal static class CurrentRequest
{
    private static readonly AsyncLocal<HttpContext?> Current = new();

    /// <summary>The request.</summary>
    public static HttpContext Get() => Current.Value ?? throw new InvalidOperationException("There is no request. Map the server with the MapMcp of Flama.Mcp.");

    /// <summary>Makes it known for the requests of an endpoint.</summary>
    public static void Keep(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } handle)
        {
            endpoint.RequestDelegate = async context =>
            {
                Current.Value = context;
                await handle(context);
            };
        }
    }
}
