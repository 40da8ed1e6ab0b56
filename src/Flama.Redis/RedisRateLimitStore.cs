using Flama.AspNetCore;
using StackExchange.Redis;

namespace Flama.Redis;

/// <summary>Counts in Redis.</summary>
internal sealed class RedisRateLimitStore(RedisConnection connection) : IRateLimitStore
{
    public async Task<long> CountAsync(string name, TimeSpan lifetime)
    {
        var database = await connection.OpenAsync();
        RedisKey key = connection.Prefix + name;

        // Sent together. The first makes an entry that ends by itself, so that no failure between them leaves one for ever.
        var made = database.StringSetAsync(key, 0, lifetime, When.NotExists);
        var counted = database.StringIncrementAsync(key);
        await made;
        return await counted;
    }
}
