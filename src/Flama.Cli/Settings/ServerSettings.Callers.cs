using Flama.AspNetCore;
using Flama.Redis;

namespace Flama.Cli.Settings;

/// <summary>Who may call, and how often.</summary>
internal static partial class ServerSettings
{
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

    /// <summary>Those about callers.</summary>
    public static SettingGroup CallersGroup => new("Callers", [Keys, RateLimit, RedisServers, RedisPassword]);
}
