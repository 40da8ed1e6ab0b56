namespace Flama.Cli.Settings;

/// <summary>The settings of the HTTP server.</summary>
internal static class ServerSettings
{
    /// <summary>A UNIX socket to listen on instead of an address.</summary>
    public static readonly Setting<string?> Uds = SettingKinds.OptionalText("--server-uds", "PATH", "Listen on this UNIX socket, not on an address.");

    /// <summary>An inherited socket to listen on.</summary>
    public static readonly Setting<int?> Fd =
        SettingKinds.OptionalNumber("--server-fd", "NUMBER", "Listen on this descriptor, a socket that was inherited.", 0);

    /// <summary>Variables from a file.</summary>
    public static readonly Setting<string?> EnvFile =
        SettingKinds.OptionalText("--server-env-file", "FILE", "Read variables from lines NAME=VALUE; those of the process win.");

    /// <summary>The least important messages to show.</summary>
    public static readonly Setting<string> LogLevel = SettingKinds.Choice(
        "--server-log-level", "The least important messages to show.", "info", "critical", "error", "warning", "info", "debug", "trace");

    /// <summary>A line a request.</summary>
    public static readonly Setting<bool> AccessLog =
        SettingKinds.Switch("--server-access-log", "--server-no-access-log", "A line on standard output for every request.", true);

    /// <summary>How the log is written.</summary>
    public static readonly Setting<string> LogFormat = SettingKinds.Choice(
        "--server-log-format", "Lines for people, or one JSON object a line for programs.", "text", "text", "json");

    /// <summary>A file about the log.</summary>
    public static readonly Setting<string?> LogConfig = SettingKinds.OptionalText(
        "--server-log-config", "FILE", "Levels, formats and places of the log from JSON or YAML, as Python's dictConfig takes them.");

    /// <summary>Colours in the log.</summary>
    public static readonly Setting<bool> UseColors = SettingKinds.Switch(
        "--server-use-colors", "--server-no-use-colors", "Colour the levels in the log; without either, on a terminal only.", false);

    /// <summary>Trust in what proxies say.</summary>
    public static readonly Setting<bool> ProxyHeaders = SettingKinds.Switch(
        "--server-proxy-headers", "--server-no-proxy-headers", "Take client and scheme from X-Forwarded-For and X-Forwarded-Proto.", true);

    /// <summary>The proxies to trust.</summary>
    public static readonly Setting<string> ForwardedAllowIps = SettingKinds.Text(
        "--server-forwarded-allow-ips", "LIST", "Addresses or networks whose proxy headers are trusted, with commas; * for all.", "127.0.0.1");

    /// <summary>A name of the server in answers.</summary>
    public static readonly Setting<bool> ServerHeader =
        SettingKinds.Switch("--server-server-header", "--server-no-server-header", "Send 'Server: flama' with answers.", false);

    /// <summary>The date in answers.</summary>
    public static readonly Setting<bool> DateHeader =
        SettingKinds.Switch("--server-date-header", "--server-no-date-header", "Send the date with answers; it cannot be switched off.", true);

    /// <summary>Headers of every answer.</summary>
    public static readonly Setting<string?> Headers =
        SettingKinds.Texts("--server-headers", "NAME:VALUE", "A header for every answer that has none of that name. Can be repeated.");

    /// <summary>The path below which a proxy shows the server.</summary>
    public static readonly Setting<string> RootPath =
        SettingKinds.Path("--server-root-path", "The path below which a proxy shows this server; links and schema carry it.", "");

    /// <summary>How many requests at a time.</summary>
    public static readonly Setting<int?> LimitConcurrency = SettingKinds.OptionalNumber(
        "--server-limit-concurrency", "COUNT", "Answer 503 when so many requests are being answered.", 1);

    /// <summary>How many connections may wait.</summary>
    public static readonly Setting<int?> Backlog =
        SettingKinds.OptionalNumber("--server-backlog", "COUNT", "Connections the system holds until they are taken. [default: 512]", 1);

    /// <summary>How many requests in all.</summary>
    public static readonly Setting<int?> LimitMaxRequests =
        SettingKinds.OptionalNumber("--server-limit-max-requests", "COUNT", "Stop gracefully after so many requests.", 1);

    /// <summary>How long an idle connection stays.</summary>
    public static readonly Setting<double> TimeoutKeepAlive =
        SettingKinds.Amount("--server-timeout-keep-alive", "SECONDS", "Close connections without a request for so long.", 5);

    /// <summary>How large the head of a request may be.</summary>
    public static readonly Setting<int?> MaxHead = SettingKinds.OptionalNumber(
        "--server-h11-max-incomplete-event-size", "BYTES", "Largest head of a request. [default: 32768]", 256);

    /// <summary>Threads that compute.</summary>
    public static readonly Setting<int?> Workers =
        SettingKinds.OptionalNumber("--server-workers", "COUNT", "Threads that compute the rows of one request. [default: 1]", 1);

    /// <summary>The certificate.</summary>
    public static readonly Setting<string?> SslCertFile =
        SettingKinds.OptionalText("--server-ssl-certfile", "FILE", "Certificate in PEM, with its chain, or PKCS#12; switches HTTPS on.");

    /// <summary>The certificate's key.</summary>
    public static readonly Setting<string?> SslKeyFile =
        SettingKinds.OptionalText("--server-ssl-keyfile", "FILE", "Private key in PEM, where the certificate's file has none.");

    /// <summary>The key's password.</summary>
    public static readonly Setting<string?> SslKeyPassword =
        SettingKinds.OptionalText("--server-ssl-keyfile-password", "TEXT", "Password of the key.");

    /// <summary>The protocol's version.</summary>
    public static readonly Setting<string> SslVersion = SettingKinds.Choice(
        "--server-ssl-version", "TLS version: 1.2, 1.3, or 17 (both), 5 (1.2) as Python counts.", "17", "1.2", "1.3", "17", "5", "2");

    /// <summary>Whether clients need certificates.</summary>
    public static readonly Setting<string> SslCertReqs = SettingKinds.Choice(
        "--server-ssl-cert-reqs", "Client certificates: 0 none, 1 checked if there, 2 required.", "0", "0", "1", "2");

    /// <summary>Who signs client certificates.</summary>
    public static readonly Setting<string?> SslCaCerts = SettingKinds.OptionalText(
        "--server-ssl-ca-certs", "FILE", "Authorities in PEM that client certificates must come from; without it the system's.");

    /// <summary>Options that only a Python server can have: accepted, with a warning.</summary>
    public static readonly IReadOnlyList<Setting> PythonOnly =
    [
        Foreign("--server-loop", "NAME"),
        Foreign("--server-http", "NAME"),
        Foreign("--server-lifespan", "NAME"),
        Foreign("--server-interface", "NAME"),
        Foreign("--server-ssl-ciphers", "TEXT"),
        RunSettings.AppDir,
        SettingKinds.Flag("--server-factory", "Known to the Python original; has no effect here."),
    ];

    /// <summary>All of them, as the help page shows them.</summary>
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Server", [ServeSettings.ServerHost, ServeSettings.ServerPort, Uds, Fd, RootPath, ProxyHeaders, ForwardedAllowIps, Headers, ServerHeader, DateHeader, EnvFile]),
        new("Limits", [LimitConcurrency, LimitMaxRequests, Backlog, TimeoutKeepAlive, MaxHead, Workers]),
        SocketSettings.Group,
        ReloadSettings.Group,
        new("HTTPS", [SslCertFile, SslKeyFile, SslKeyPassword, SslVersion, SslCertReqs, SslCaCerts]),
        new("Log", [LogLevel, LogFormat, AccessLog, UseColors, LogConfig]),
        new("Accepted without effect", PythonOnly),
    ];

    private static Setting<string?> Foreign(string name, string valueName) =>
        SettingKinds.OptionalText(name, valueName, "Known to the Python original; has no effect here.");
}
