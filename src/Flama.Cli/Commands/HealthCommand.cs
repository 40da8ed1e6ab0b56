using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama health [URL]</c>: asks a server how it is, for images without another client.</summary>
internal sealed class HealthCommand() : CliCommand("health", "Asks a server whether it is healthy.")
{
    private const int Unhealthy = 1;

    private static readonly Positional Url = new("URL", "The server, or one of its health endpoints.") { IsOptional = true, Variable = "FLAMA_HEALTH_URL" };

    private static readonly Setting<double> Timeout = new("--timeout", Kinds.Amount("SECONDS"), 5, "Wait so long for the answer.");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Prints the server's answer. The exit code is 0 when the server is healthy or degraded, 1 when it is not or does not answer. Without URL it asks "
        + "the server on this machine that the same variables and options describe, on its health port where it has one.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama health",
        "  flama health http://127.0.0.1:8000",
        "  flama health http://127.0.0.1:8000/health/ready --timeout 1",
        "  HEALTHCHECK CMD [\"flama\", \"health\"]",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Url];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups =>
    [
        new("Options", [Timeout]),
        new("Server", [ServerSettings.Host, ServerSettings.Port, ServerSettings.SocketPath, ServerSettings.RootPath, ServerSettings.HealthPort, ServerSettings.Certificate, AppSettings.HealthPath]),
    ];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        context.Values.Check();
        var given = context.Values.Get(Url);
        var target = given is null ? OwnServer(context.Values) : Parse(context, given);
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseProxy = false };
        if (given is null)
        {
            PrepareForOwn(handler, context.Values);
        }

        using HttpClient client = new(handler) { Timeout = TimeSpan.FromSeconds(Math.Clamp(context.Values.Get(Timeout), 0.001, 1e6)) };
        try
        {
            using var answer = await client.GetAsync(target);
            await context.Console.Output.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
            await context.Console.Output.WriteAsync("\n"u8.ToArray());
            await context.Console.Output.FlushAsync();
            return answer.IsSuccessStatusCode ? 0 : Unhealthy;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            var why = failure is TaskCanceledException ? "nothing came in time" : failure.GetBaseException().Message;
            throw new FlamaException(
                ErrorCodes.AddressUnavailable, $"{target} does not answer: {why}.", "Check that the server runs, and its address and port.", failure);
        }
    }

    private static Uri Parse(CommandContext context, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw context.UsageError($"URL is '{text}', which is not a URL of a server.", "Write one such as http://127.0.0.1:8000");
        }

        return url.AbsolutePath == "/" ? new Uri(url, PathOf(context.Values)) : url;
    }

    private static Uri OwnServer(SettingValues values)
    {
        var name = values.Get(ServerSettings.Host).Trim('[', ']');
        var host = name == "*" || (IPAddress.TryParse(name, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))) ? "127.0.0.1" : name;
        return values.Get(ServerSettings.HealthPort) is { } port and > 0
            ? new UriBuilder(Uri.UriSchemeHttp, host, port, "/health/").Uri
            : new UriBuilder(values.IsSet(ServerSettings.Certificate) ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, host, values.Get(ServerSettings.Port), PathOf(values)).Uri;
    }

    private static string PathOf(SettingValues values) => values.Get(ServerSettings.RootPath).TrimEnd('/') + values.Get(AppSettings.HealthPath);

    [SuppressMessage("Security", "CA5359", Justification = "See below: only for the server on this machine that was not named by a URL.")]
    // The certificate of a server is made for its name in the network, not for the address inside of its container.
    private static void PrepareForOwn(SocketsHttpHandler handler, SettingValues values)
    {
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
        if (values.Get(ServerSettings.SocketPath) is { } path && values.Get(ServerSettings.HealthPort) is null)
        {
            handler.ConnectCallback = async (_, cancellation) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }
    }
}
