using Flama.AspNetCore;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Flama.Cli.Settings;

/// <summary>Whose pages may use the server, under which names it answers, and what clients may hold.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<string?> CorsOrigins = new(
        "--server-cors-origins", Kinds.Origins, null, "Pages of this origin may use the API and its WebSockets; * for all. Can be repeated.");

    public static readonly Setting<bool> CorsCredentials = new(
        "--server-cors-credentials", Kinds.Flag, false, "Those pages may send cookies and client certificates; not with *.");

    public static readonly Setting<string?> AllowedHosts = new(
        "--server-allowed-hosts", Kinds.Hosts, null, "Answer only requests for this host, with *. in front for those below it. Can be repeated. [default: all]");

    public static readonly Setting<long?> MaxMemory = new Setting<long?>(
        "--server-limit-memory",
        Kinds.OptionalBytes(1 << 20),
        null,
        "Memory that large requests may hold together; 413 or 503 beyond. [default: half of what is left]")
        .Sets<FlamaHttpOptions>((http, bytes) => http.MaxRequestMemoryBytes = bytes!.Value);

    public static readonly Setting<int> ResponseRate = new Setting<int>(
        "--server-limit-response-rate", Kinds.Number("BYTES", 0), 4096, "Cut off clients that take fewer bytes of an answer in a second; 0 for never.")
        .Sets<KestrelServerOptions>((kestrel, bytes) => kestrel.Limits.MinResponseDataRate = bytes == 0 ? null : new MinDataRate(bytes, ResponseGrace));

    // For the first bytes of an answer, and for what comes in bursts.
    private static readonly TimeSpan ResponseGrace = TimeSpan.FromSeconds(5);
}
