using Flama.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Flama.AspNetCore.Streaming;

/// <summary>What is wrong with a request for a WebSocket connection (RFC 6455, section 4.2).</summary>
internal static class SocketHandshake
{
    private const string Protocol = "websocket";
    private const string Version = "13";

    /// <summary>Sets status and headers for a request that the framework does not take for an opening handshake.</summary>
    public static void Refuse(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        if (HttpMethods.IsGet(request.Method) && request.Headers.Upgrade.ToString().Contains(Protocol, StringComparison.OrdinalIgnoreCase))
        {
            if (string.Equals(request.Headers.SecWebSocketVersion.ToString().Trim(), Version, StringComparison.Ordinal))
            {
                // The key is missing or is not 16 bytes in base64, or the connection is not to be upgraded.
                response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            response.Headers.SecWebSocketVersion = Version;
        }

        response.StatusCode = StatusCodes.Status426UpgradeRequired;
        response.Headers[HeaderNames.Upgrade] = Protocol;
    }

    /// <summary>The answer to a page of another origin.</summary>
    public static Problem OriginRefused(HttpRequest request) =>
        new(StatusCodes.Status403Forbidden, $"Pages of '{SafeText.OneLine(request.Headers.Origin.ToString())}' may not connect here.");

    /// <summary>Whether pages of the request's origin may connect: those of the same host, and of the origins that are allowed. Programs have no origin.</summary>
    /// <remarks>The scheme is not compared: behind a proxy that ends TLS it is not the client's.</remarks>
    public static bool IsOriginAllowed(HttpRequest request, IList<string> allowed)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0)
        {
            return true;
        }

        if (origins is not [{ Length: > 0 } origin])
        {
            return false;
        }

        foreach (var candidate in allowed)
        {
            if (candidate == "*" || string.Equals(candidate.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && string.Equals(page.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
            && page.Port == (request.Host.Port ?? (page.IsDefaultPort ? page.Port : -1));
    }
}
