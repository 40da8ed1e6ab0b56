using System.Net;
using System.Net.Sockets;
using Flama.Cli.Settings;

namespace Flama.Cli.Serving;

/// <summary>The address a server listens on, and the error when it cannot.</summary>
internal sealed class ListenAddress
{
    private readonly string host;

    private ListenAddress(string host, IPEndPoint endPoint)
    {
        this.host = host;
        EndPoint = endPoint;
    }

    /// <summary>The address and port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Finds the address.</summary>
    /// <param name="host">An address, a name, or <c>*</c> for all addresses.</param>
    /// <param name="port">A port, or 0 for any free one.</param>
    /// <exception cref="FlamaException">The name has no address (<see cref="ErrorCodes.AddressUnavailable"/>).</exception>
    public static async Task<ListenAddress> FindAsync(string host, int port)
    {
        if (host == "*")
        {
            return new ListenAddress(host, new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port));
        }

        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return new ListenAddress(host, new IPEndPoint(address, port));
        }

        IPAddress[] addresses;
        try
        {
            addresses = host.Length == 0 ? [] : await Dns.GetHostAddressesAsync(host);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            addresses = [];
        }

        // IPv4 first: it is what a client that knows only the name tries in the end.
        var found = addresses.OrderBy(candidate => candidate.AddressFamily).FirstOrDefault();
        return found is null
            ? throw new FlamaException(
                ErrorCodes.AddressUnavailable,
                $"{ServerSettings.Host.Name} is '{host}', and no address has that name.",
                "Give an address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them.")
            : new ListenAddress(host, new IPEndPoint(found, port));
    }

    /// <summary>Says why the server could not listen.</summary>
    public FlamaException Unavailable(Exception failure)
    {
        var socket = failure as SocketException ?? failure.GetBaseException() as SocketException;
        var (why, remedy) = socket?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => (
                "another process is listening there", $"Stop it, or choose another {ServerSettings.Port.Name}; 0 takes any free one."),
            SocketError.AccessDenied => ("this user may not", $"Choose a {ServerSettings.Port.Name} of 1024 or more."),
            SocketError.AddressNotAvailable => (
                "this machine has no such address", $"Choose another {ServerSettings.Host.Name}, for example 127.0.0.1."),
            _ => ($"{failure.Message}", $"Choose another {ServerSettings.Host.Name} or {ServerSettings.Port.Name}."),
        };
        return new FlamaException(
            ErrorCodes.AddressUnavailable, $"The server cannot listen on {host}, port {EndPoint.Port}: {why}.", remedy, failure);
    }
}
