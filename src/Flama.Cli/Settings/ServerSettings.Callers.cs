using Flama.AspNetCore;
using Flama.Hosting.Auditing;
using Flama.Redis;

namespace Flama.Cli.Settings;

/// <summary>Who may call, how often, and what is kept of it.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<string?> AllowIps = new(
        "--server-allow-ips", Kinds.OptionalNetworks, null, "Answer 403 to all but these addresses or networks, with commas; on every path.");

    public static readonly Setting<string?> RateLimit = new Setting<string?>(
        "--server-rate-limit",
        Kinds.Rate,
        null,
        "Answer 429 to a caller above so many requests per SECONDS, told apart by key, or else by address. Without a value 100/60.")
        .Sets<RateLimitOptions>((limits, text) => (limits.Requests, limits.Window) = Kinds.RateOf(text!)!.Value);

    public static readonly Setting<string?> RedisServers = new Setting<string?>(
        "--server-redis",
        Kinds.RedisServers,
        null,
        "Share counts of callers and kept answers with the other servers that use this Redis: HOST:PORT, and options as StackExchange.Redis takes them.")
        .Sets<RedisOptions>((redis, text) => redis.Configuration = text!);

    public static readonly Setting<string?> RedisPassword =
        new Setting<string?>("--server-redis-password", Kinds.OptionalText("TEXT"), null, "Password of that Redis.")
        .Sets<RedisOptions>((redis, text) => redis.Password = text);

    public static readonly Setting<string?> TokenIssuer = new Setting<string?>(
        "--server-jwt-issuer", Kinds.OptionalText("URL"), null, "Take tokens (JWT) of this issuer as bearer, beside keys or instead of them.")
        .Sets<TokenOptions>((tokens, text) => tokens.Issuer = text!);

    public static readonly Setting<string?> TokenAudience = new Setting<string?>(
        "--server-jwt-audience", Kinds.OptionalText("TEXT"), null, "The audience that tokens must be for; needed with an issuer.")
        .Sets<TokenOptions>((tokens, text) => tokens.Audience = text!);

    public static readonly Setting<string?> TokenKeys = new Setting<string?>(
        "--server-jwt-keys",
        Kinds.OptionalText("FILE|URL"),
        null,
        "The issuer's public keys: a key set or PEM in a file, or the URL of a key set. [default: what the issuer's OpenID configuration names]")
        .Sets<TokenOptions>((tokens, text) => tokens.Keys = text);

    public static readonly Setting<string?> Audit = new("--server-audit", Kinds.File(), null, "Add an entry for every request to this log, a chain of hashes; see: flama audit --help");

    public static readonly Setting<double?> AuditKeep = new Setting<double?>(
        "--server-audit-keep", Kinds.OptionalAmount("DAYS"), null, "Remove closed files of the audit log so long after their last entry. [default: never]")
        .Sets<AuditOptions>((audit, days) => audit.KeepFor = TimeSpan.FromDays(Math.Min(days!.Value, 36_500)));

    public static readonly Setting<long?> AuditSize = new Setting<long?>(
        "--server-audit-size", Kinds.OptionalBytes(4096), null, "Close a file of the audit log at this length and begin another. [default: 67108864, 64 MiB]")
        .Sets<AuditOptions>((audit, bytes) => audit.MaxFileBytes = bytes!.Value);

    /// <summary>Those about callers.</summary>
    public static SettingGroup CallersGroup => new(
        "Callers", [Keys, TokenIssuer, TokenAudience, TokenKeys, AllowIps, RateLimit, RedisServers, RedisPassword, Audit, AuditKeep, AuditSize]);
}
