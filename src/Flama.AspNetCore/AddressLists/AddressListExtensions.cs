using System.Net;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Answers only callers at known addresses.</summary>
public static class AddressListExtensions
{
    /// <summary>Answers 403 to callers outside of some networks, on every path.</summary>
    /// <param name="app">The application; call this behind <c>UseForwardedHeaders</c>, which finds addresses behind trusted proxies, and <c>UseFlamaErrors</c>, which gives a refusal its body.</param>
    /// <param name="networks">The networks, IPv4 and IPv6; one or more. A single address is a network of all its bits.</param>
    /// <returns>The same application.</returns>
    /// <remarks>A caller whose address is not known, as behind a UNIX socket without a trusted proxy, is outside.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no network.</exception>
    public static IApplicationBuilder UseFlamaAddressList(this IApplicationBuilder app, params IReadOnlyList<IPNetwork> networks)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentOutOfRangeException.ThrowIfZero(networks.Count, nameof(networks));
        IPNetwork[] allowed = [.. networks];
        return app.Use(next => context =>
        {
            if (Contains(allowed, context.Connection.RemoteIpAddress))
            {
                return next(context);
            }

            // The error answers give it a body.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }

    private static bool Contains(IPNetwork[] networks, IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}
