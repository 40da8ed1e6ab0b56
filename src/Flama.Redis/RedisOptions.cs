namespace Flama.Redis;

/// <summary>How Redis is reached.</summary>
public sealed class RedisOptions
{
    /// <summary>The servers and options as StackExchange.Redis takes them, for example <c>redis.internal:6379</c> or <c>a:6379,b:6379,ssl=true</c>.</summary>
    public string Configuration { get; set; } = "localhost:6379";

    /// <summary>The password, where the configuration has none; null for none.</summary>
    public string? Password { get; set; }

    /// <summary>What stands before the names of all entries. Applications with different ones share nothing. Default <c>flama:</c>.</summary>
    public string Prefix { get; set; } = "flama:";
}
