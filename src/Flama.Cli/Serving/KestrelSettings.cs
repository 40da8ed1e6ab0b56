using System.Net.Sockets;
using Flama.Cli.Settings;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Flama.Cli.Serving;

/// <summary>Server options in the words of Kestrel.</summary>
internal static class KestrelSettings
{
    /// <summary>Applies the options.</summary>
    public static void Apply(KestrelServerOptions kestrel, ServerPlan plan, ListenAddress address)
    {
        plan.Values.Apply(kestrel);

        void Configure(ListenOptions listen)
        {
            if (plan.Tls is { } tls)
            {
                listen.UseHttps(Https(tls));
            }
        }

        if (plan.Values.Get(ServerSettings.SocketPath) is { } path)
        {
            RemoveStale(path);
            kestrel.ListenUnixSocket(Path.GetFullPath(path), Configure);
        }
        else if (plan.Values.Get(ServerSettings.Descriptor) is { } descriptor)
        {
            kestrel.ListenHandle((ulong)descriptor, Configure);
        }
        else
        {
            kestrel.Listen(address.EndPoint, Configure);
        }
    }

    /// <summary>Tells why the server could not listen.</summary>
    public static FlamaException Unavailable(Exception failure, ListenAddress address, SettingValues values)
    {
        if (values.Get(ServerSettings.SocketPath) is { } path)
        {
            return new FlamaException(
                ErrorCodes.AddressUnavailable,
                $"The server cannot listen on the socket '{path}': {Why(failure)}.",
                $"Choose another {ServerSettings.SocketPath.Name}; its directory must exist, and no other process may listen there.",
                failure);
        }

        return values.Get(ServerSettings.Descriptor) is { } descriptor
            ? new FlamaException(
                ErrorCodes.AddressUnavailable,
                $"The server cannot listen on the descriptor {descriptor}: {Why(failure)}.",
                "It must be a socket that was inherited and that listens.",
                failure)
            : address.Unavailable(failure);
    }

    private static string Why(Exception failure) => $"{failure.GetBaseException().Message}";

    private static HttpsConnectionAdapterOptions Https(TlsOptions tls) => new()
    {
        ServerCertificate = tls.Certificate,
        ServerCertificateChain = tls.Chain,
        SslProtocols = tls.Protocols,
        ClientCertificateMode = tls.RequiresClients ? ClientCertificateMode.RequireCertificate
            : tls.AsksClients ? ClientCertificateMode.AllowCertificate
            : ClientCertificateMode.NoCertificate,
        ClientCertificateValidation = tls.Accepts,
    };

    /// <summary>Removes a socket that a server left behind and that would be in the way; one that answers belongs to a server.</summary>
    public static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Binding tells what is wrong.
        }
    }

    // The runtime's view of a file has no word for sockets: they have no length and cannot be opened.
    private static bool IsSocket(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileInfo(path).Length == 0;
        }
    }
}
