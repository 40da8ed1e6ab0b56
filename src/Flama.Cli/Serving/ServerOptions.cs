using System.Net;
using Flama.Cli.Commands;
using Flama.Cli.Logging;
using Flama.Cli.Reloading;
using Flama.Cli.Settings;

namespace Flama.Cli.Serving;

/// <summary>What the user decided about the HTTP server, beside its address.</summary>
internal sealed record ServerOptions
{
    /// <summary>A UNIX socket to listen on; null for none.</summary>
    public string? SocketPath { get; init; }

    /// <summary>An inherited socket to listen on; null for none.</summary>
    public int? Descriptor { get; init; }

    /// <summary>What is logged, where and how.</summary>
    public LogRouting Log { get; init; } = LogRouting.Default;

    /// <summary>The proxies to trust; null to take no proxy's word, empty for everybody's.</summary>
    public IReadOnlyList<IPNetwork>? TrustedProxies { get; init; }

    /// <summary>Headers of every answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The path below which a proxy shows the server; empty for none.</summary>
    public string RootPath { get; init; } = "";

    /// <summary>How many requests at a time; null for any number.</summary>
    public int? LimitConcurrency { get; init; }

    /// <summary>How many connections wait in the system; null for its default.</summary>
    public int? Backlog { get; init; }

    /// <summary>After how many requests the server stops; null for never.</summary>
    public int? LimitMaxRequests { get; init; }

    /// <summary>How long an idle connection stays.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How large the head of a request may be; null for the default.</summary>
    public int? MaxHeadBytes { get; init; }

    /// <summary>Threads that take requests at least; null for the runtime's choice.</summary>
    public int? Workers { get; init; }

    /// <summary>WebSocket connections.</summary>
    public SocketOptions Sockets { get; init; } = new();

    /// <summary>Watching files; null for not.</summary>
    public ReloadOptions? Reload { get; init; }

    /// <summary>HTTPS; null for plain HTTP.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Collects the options.</summary>
    /// <exception cref="FlamaException">A value is wrong or contradicts another.</exception>
    public static ServerOptions Read(CommandContext context)
    {
        var values = context.Values;
        ServerOptions options = new()
        {
            SocketPath = values.Get(ServerSettings.Uds),
            Descriptor = values.Get(ServerSettings.Fd),
            Log = LogSetup.Read(context),
            TrustedProxies = values.Get(ServerSettings.ProxyHeaders) ? Proxies(context) : null,
            Headers = [.. ServerHeader(values), .. values.GetAll(ServerSettings.Headers).Select(text => Header(context, text))],
            RootPath = values.Get(ServerSettings.RootPath).TrimEnd('/'),
            LimitConcurrency = values.Get(ServerSettings.LimitConcurrency),
            Backlog = values.Get(ServerSettings.Backlog),
            LimitMaxRequests = values.Get(ServerSettings.LimitMaxRequests),
            KeepAlive = TimeSpan.FromSeconds(Math.Clamp(values.Get(ServerSettings.TimeoutKeepAlive), 0.001, 1e6)),
            MaxHeadBytes = values.Get(ServerSettings.MaxHead),
            Workers = values.Get(ServerSettings.Workers),
            Sockets = SocketOptions.Read(values),
            Reload = ReloadOptions.Read(context),
            Tls = TlsOptions.Read(context),
        };
        if (options is { SocketPath: not null, Descriptor: not null })
        {
            throw context.UsageError($"{ServerSettings.Uds.Name} and {ServerSettings.Fd.Name} are both given.", "Give one of them.");
        }

        return options;
    }

    /// <summary>Warns of the options without effect, in one line, if there are any.</summary>
    /// <param name="context">Settings; takes the notice.</param>
    /// <param name="others">Keys of models that have none either.</param>
    public static void NoticeUnused(CommandContext context, IEnumerable<string> others)
    {
        var labels = ServerSettings.PythonOnly.Select(context.Values.Find).OfType<SettingEntry>().Select(entry => entry.Origin.Label)
            .Concat(others).ToList();
        if (!context.Values.Get(ServerSettings.DateHeader))
        {
            labels.Add(context.Values.Find(ServerSettings.DateHeader) is { Origin: { Rank: > SettingRank.CommandLine } origin }
                ? origin.Label
                : ServerSettings.DateHeader.Negation!);
        }

        if (labels.Count > 0)
        {
            context.Notices.Add($"Without effect here: {string.Join(", ", labels)}");
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> ServerHeader(SettingValues values) =>
        values.Get(ServerSettings.ServerHeader) ? [new("Server", "flama")] : [];

    private static List<IPNetwork> Proxies(CommandContext context)
    {
        var text = context.Values.Get(ServerSettings.ForwardedAllowIps);
        List<IPNetwork> networks = [];
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (item == "*")
            {
                return [];
            }

            networks.Add(
                IPNetwork.TryParse(item, out var network) ? network
                : IPAddress.TryParse(item, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
                : throw context.UsageError(
                    $"{ServerSettings.ForwardedAllowIps.Name} has '{item}', expected an address such as 10.0.0.1, a network such as 10.0.0.0/8, or *."));
        }

        return networks.Count > 0
            ? networks
            : throw context.UsageError(
                $"{ServerSettings.ForwardedAllowIps.Name} is empty.", $"Name the proxies, or write {ServerSettings.ProxyHeaders.Negation}.");
    }

    private static KeyValuePair<string, string> Header(CommandContext context, string text)
    {
        const string inNames = "!#$%&'*+-.^_`|~";
        var colon = text.IndexOf(':');
        var name = colon > 0 ? text[..colon].Trim() : "";
        var value = text[(colon + 1)..].Trim();
        return name.Length > 0
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || inNames.Contains(letter))
            && value.All(letter => letter is >= ' ' and <= '~' or '\t')
            ? new(name, value)
            : throw context.UsageError($"{ServerSettings.Headers.Name} is '{text}', expected NAME:VALUE of printable ASCII.");
    }
}
