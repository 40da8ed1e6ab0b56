using Flama.AspNetCore;
using Microsoft.AspNetCore.Builder;

namespace Flama.Cli.Settings;

/// <summary>WebSocket connections, watching files, HTTPS, and the log.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<string> Sockets = new Setting<string>(
        "--server-ws",
        Kinds.Choice("auto", "none", "websockets", "wsproto"),
        "auto",
        "WebSocket connections: none for no such connections; the others are the same here.")
        .Sets<FlamaHttpOptions>((http, word) => http.WebSockets.IsEnabled = word != "none");

    public static readonly Setting<int> SocketMaxSize = new Setting<int>(
        "--server-ws-max-size", Kinds.Number("BYTES", 1), 16 << 20, "Largest message; a larger one closes the connection with 1009.")
        .Sets<FlamaHttpOptions>((http, bytes) => http.WebSockets.MaxMessageBytes = bytes);

    public static readonly Setting<double> SocketPingInterval =
        new Setting<double>("--server-ws-ping-interval", Kinds.Amount("SECONDS"), 20, "Ping connections so often; 0 for never.")
        .Sets<WebSocketOptions>((sockets, seconds) => sockets.KeepAliveInterval = Seconds(seconds));

    public static readonly Setting<double> SocketPingTimeout = new Setting<double>(
        "--server-ws-ping-timeout", Kinds.Amount("SECONDS"), 20, "Give connections up that do not answer a ping for so long; 0 for never.")
        .Sets<WebSocketOptions>((sockets, seconds) => sockets.KeepAliveTimeout = seconds > 0 ? Seconds(seconds, 0.001) : Timeout.InfiniteTimeSpan);

    public static readonly Setting<bool> SocketDeflate =
        new Setting<bool>("--server-ws-per-message-deflate", Kinds.Flag, true, "Compress messages for clients that offer it.")
        {
            Negation = "--server-no-ws-per-message-deflate",
        }.Sets<FlamaHttpOptions>((http, isOn) => http.WebSockets.UsesCompression = isOn);

    public static readonly Setting<bool> Reload = new(
        "--server-reload", Kinds.Flag, false, "Watch the model file and serve the new one when it is replaced; no request fails for it.");

    public static readonly Setting<string?> ReloadDirectories = new(
        "--server-reload-dirs",
        Kinds.Texts("PATH", isFile: true),
        null,
        "Watch the files below this directory too; a change loads the models again. Can be repeated.");

    public static readonly Setting<string?> ReloadIncludes =
        new("--server-reload-includes", Kinds.Texts("GLOB"), null, "Files to watch there, by name. Can be repeated. [default: *]");

    public static readonly Setting<string?> ReloadExcludes = new(
        "--server-reload-excludes",
        Kinds.Texts("GLOB"),
        null,
        "Files and directories to leave out, by name. Can be repeated. [default: .*, *~, *.swp, *.tmp]");

    public static readonly Setting<double> ReloadDelay = new(
        "--server-reload-delay", Kinds.Amount("SECONDS"), 0.25, "Look so often; a file has to rest so long before it is loaded.");

    public static readonly Setting<string?> Certificate =
        new("--server-ssl-certfile", Kinds.File(), null, "Certificate in PEM, with its chain, or PKCS#12; switches HTTPS on.");

    public static readonly Setting<string?> CertificateKey =
        new("--server-ssl-keyfile", Kinds.File(), null, "Private key in PEM, where the certificate's file has none.");

    public static readonly Setting<string?> CertificatePassword =
        new("--server-ssl-keyfile-password", Kinds.OptionalText("TEXT"), null, "Password of the key.");

    public static readonly Setting<string> TlsVersion = new(
        "--server-ssl-version", Kinds.Choice("1.2", "1.3", "17", "5", "2"), "17", "TLS version: 1.2, 1.3, or 17 (both), 5 (1.2) as Python counts.");

    public static readonly Setting<string> ClientCertificates = new(
        "--server-ssl-cert-reqs", Kinds.Choice("0", "1", "2"), "0", "Client certificates: 0 none, 1 checked if there, 2 required.");

    public static readonly Setting<string?> ClientAuthorities = new(
        "--server-ssl-ca-certs", Kinds.File(), null, "Authorities in PEM that client certificates must come from; without it the system's.");

    public static readonly Setting<string> LogLevel = new(
        "--server-log-level",
        Kinds.Choice("critical", "error", "warning", "info", "debug", "trace"),
        "info",
        "The least important messages to show.");

    public static readonly Setting<string> LogFormat =
        new("--server-log-format", Kinds.Choice("text", "json"), "text", "Lines for people, or one JSON object per line for programs.");

    public static readonly Setting<bool> AccessLog =
        new("--server-access-log", Kinds.Flag, true, "Write a line to standard output for every request.") { Negation = "--server-no-access-log" };

    public static readonly Setting<bool> UseColors =
        new("--server-use-colors", Kinds.Flag, false, "Colour the levels in the log; without either, on a terminal only.")
        {
            Negation = "--server-no-use-colors",
        };

    public static readonly Setting<string?> LogConfig = new(
        "--server-log-config", Kinds.File(), null, "Levels, formats and targets of the log from JSON, YAML or TOML, as Python's dictConfig takes them.");
}
