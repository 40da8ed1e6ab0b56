using System.Net;
using Flama;
using Flama.AspNetCore;
using Flama.Hosting.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Answers only callers at known addresses.</summary>
public static class AddressListExtensions
{
    private const string Section = "AddressList";

    /// <summary>Answers 403 to callers outside of the networks in the section <c>Flama:AddressList</c> of the configuration, on every path; without the section, the application stays as it is.</summary>
    /// <inheritdoc cref="UseFlamaAddressList(IApplicationBuilder, IReadOnlyList{IPNetwork})"/>
    /// <exception cref="FlamaException">The section has a key that is not known, no network, or one that cannot be read (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static IApplicationBuilder UseFlamaAddressList(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<FlamaConfiguration>()?.Take(Section) is not { } section)
        {
            return app;
        }

        AddressListOptions options = new();
        SectionBinding.Bind(section, options, static (from, list) => from.Bind(list));
        var key = $"{section.Path}:{nameof(AddressListOptions.Networks)}";
        if (options.Networks.Count == 0)
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"{key} names no network.", "List whom the application answers, or leave the section out.");
        }

        return app.UseFlamaAddressList([.. options.Networks.Select(text => Parse(text) ?? throw SectionBinding.Wrong(key, text, "an address or a network such as 10.0.0.0/8"))]);
    }

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

    private static IPNetwork? Parse(string text) => IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

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
