using Flama.AspNetCore;
using Flama.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;

namespace Flama.Cli.Settings;

/// <summary>How the HTTP server listens and what it allows.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<string> Host =
        new("--server-host", Kinds.Text("HOST"), "127.0.0.1", "Address or name to listen on.") { OtherVariable = "HOST" };

    public static readonly Setting<int> Port =
        new("--server-port", Kinds.Port, 8000, "Port to listen on; 0 for any free one.") { OtherVariable = "PORT" };

    public static readonly Setting<string?> SocketPath =
        new("--server-uds", Kinds.File("PATH"), null, "Listen on this UNIX socket, not on an address.");

    public static readonly Setting<int?> Descriptor =
        new("--server-fd", Kinds.OptionalNumber("NUMBER", 0), null, "Listen on this descriptor, a socket that was inherited.");

    public static readonly Setting<string> RootPath =
        new("--server-root-path", Kinds.Route, "", "The path below which a proxy shows this server; links and schema carry it.");

    public static readonly Setting<bool> ProxyHeaders =
        new("--server-proxy-headers", Kinds.Flag, true, "Take client and scheme from X-Forwarded-For and X-Forwarded-Proto.")
        {
            Negation = "--server-no-proxy-headers",
        };

    public static readonly Setting<string> ForwardedAllowIps = new(
        "--server-forwarded-allow-ips", Kinds.Networks, "127.0.0.1", "Addresses or networks whose proxy headers are trusted, with commas; * for all.")
    {
        OtherVariable = "FORWARDED_ALLOW_IPS",
    };

    public static readonly Setting<string?> Headers =
        new("--server-headers", Kinds.Headers, null, "A header for every answer that has none of that name. Can be repeated.");

    public static readonly Setting<bool> ServerHeader =
        new("--server-server-header", Kinds.Flag, false, "Send 'Server: flama' with answers.") { Negation = "--server-no-server-header" };

    public static readonly Setting<bool> DateHeader =
        new("--server-date-header", Kinds.Flag, true, "Send the date with answers; it cannot be switched off.") { Negation = "--server-no-date-header" };

    public static readonly Setting<string?> EnvFile =
        new("--server-env-file", Kinds.File(), null, "Read variables from lines NAME=VALUE; those of the process win.");

    public static readonly Setting<int?> LimitConcurrency = new Setting<int?>(
        "--server-limit-concurrency", Kinds.OptionalNumber("COUNT", 1), null, "Answer 503 when so many requests are being answered.")
        .Sets<RequestLimitOptions>((limits, number) => limits.MaxConcurrentRequests = number);

    public static readonly Setting<int?> LimitMaxRequests =
        new Setting<int?>("--server-limit-max-requests", Kinds.OptionalNumber("COUNT", 1), null, "Stop gracefully after so many requests.")
        .Sets<RequestLimitOptions>((limits, number) => limits.MaxRequests = number);

    public static readonly Setting<int?> Backlog = new Setting<int?>(
        "--server-backlog", Kinds.OptionalNumber("COUNT", 1), null, "Connections the system holds until they are taken. [default: 512]")
        .Sets<SocketTransportOptions>((sockets, count) => sockets.Backlog = count!.Value);

    public static readonly Setting<double> TimeoutKeepAlive =
        new Setting<double>("--server-timeout-keep-alive", Kinds.Amount("SECONDS"), 5, "Close connections without a request for so long.")
        .Sets<KestrelServerOptions>((kestrel, seconds) => kestrel.Limits.KeepAliveTimeout = Seconds(seconds, 0.001));

    public static readonly Setting<double> TimeoutStop =
        new Setting<double>("--server-timeout-graceful-shutdown", Kinds.Amount("SECONDS"), 10, "Give requests so long to end when the server stops; then they are cut off.")
        .Sets<HostOptions>((host, seconds) => host.ShutdownTimeout = Seconds(seconds, 0));

    public static readonly Setting<int?> MaxBody = new Setting<int?>(
        "--server-limit-body", Kinds.OptionalNumber("BYTES", 1), null, "Answer 413 to larger request bodies, compressed or not. [default: 33554432, 32 MiB]")
        .Sets<FlamaHttpOptions>((http, bytes) => http.MaxRequestBodyBytes = bytes!.Value);

    public static readonly Setting<int?> MaxHead = new Setting<int?>(
        "--server-h11-max-incomplete-event-size", Kinds.OptionalNumber("BYTES", 256), null, "Largest head of a request. [default: 32768]")
        .Sets<KestrelServerOptions>((kestrel, bytes) => SetMaxHead(kestrel.Limits, bytes!.Value));

    public static readonly Setting<int?> Workers = new Setting<int?>(
        "--server-workers", Kinds.OptionalNumber("COUNT", 1), null, "Threads that compute the rows of one request. [default: 1]")
    {
        OtherVariable = "WEB_CONCURRENCY",
    }.Sets<FlamaOptions>((flama, count) => flama.MaxDegreeOfParallelism = count!.Value);

    /// <summary>What only a Python server can have.</summary>
    public static readonly IReadOnlyList<Setting> Foreign =
    [
        Unused("--server-loop", "NAME"),
        Unused("--server-http", "NAME"),
        Unused("--server-lifespan", "NAME"),
        Unused("--server-interface", "NAME"),
        Unused("--server-ssl-ciphers", "TEXT"),
        new Setting<bool>("--server-factory", Kinds.Flag, false, "Known to the Python original; has no effect here.") { IsForeign = true },
    ];

    /// <summary>Where <c>flama run</c> looks for the application; without effect for a model.</summary>
    public static readonly Setting<string?> AppDir =
        new("--server-app-dir", Kinds.File("PATH"), null, "For 'flama run': the folder in which APP is looked for and runs.") { IsForeign = true };

    /// <summary>All of them, as the help page shows them.</summary>
    public static IReadOnlyList<SettingGroup> Groups =>
    [
        new("Server", [Host, Port, SocketPath, Descriptor, RootPath, ProxyHeaders, ForwardedAllowIps, Headers, ServerHeader, DateHeader, EnvFile]),
        new("Browsers", [CorsOrigins, CorsCredentials, AllowedHosts]),
        new("Limits", [LimitConcurrency, ModelConcurrency, ModelQueue, LimitMaxRequests, Backlog, TimeoutKeepAlive, TimeoutStop, RequestTimeout, MaxBody, MaxRows, MaxCells, MaxMemory, ResponseRate, MaxHead, Workers]),
        new("WebSocket", [Sockets, SocketMaxSize, SocketPingInterval, SocketPingTimeout, SocketDeflate]),
        ReloadGroup,
        RepositoryGroup,
        SourceGroup,
        new("HTTPS", [Certificate, CertificateKey, CertificatePassword, TlsVersion, ClientCertificates, ClientAuthorities]),
        CallersGroup,
        CacheGroup,
        BatchGroup,
        NetworkGroup,
        ProductionGroup,
        new("Log", [LogLevel, LogFormat, AccessLog, UseColors, LogConfig]),
        new("Accepted without effect", [.. Foreign, AppDir]),
    ];

    /// <summary>Watching files.</summary>
    public static SettingGroup ReloadGroup => new("Reload", [Reload, ReloadDirectories, ReloadIncludes, ReloadExcludes, ReloadDelay]);

    // What the framework's timers take.
    private static TimeSpan Seconds(double seconds, double smallest = 0) => TimeSpan.FromSeconds(Math.Clamp(seconds, smallest, 1e6));

    private static void SetMaxHead(KestrelServerLimits limits, int bytes)
    {
        limits.MaxRequestHeadersTotalSize = bytes;
        limits.MaxRequestLineSize = Math.Min(bytes, limits.MaxRequestLineSize);
        limits.MaxRequestBufferSize = Math.Max(bytes, limits.MaxRequestBufferSize ?? bytes);
    }

    private static Setting<string?> Unused(string name, string valueName) =>
        new(name, Kinds.OptionalText(valueName), null, "Known to the Python original; has no effect here.") { IsForeign = true };
}
