using Flama.AspNetCore;

namespace Flama.Redis;

/// <summary>Keeps answers in Redis, each with its end.</summary>
internal sealed class RedisPredictionStore(RedisConnection connection) : IPredictionStore
{
    public async Task<byte[]?> GetAsync(string name)
    {
        var database = await connection.OpenAsync();
        return await database.StringGetAsync(connection.Prefix + name);
    }

    public async Task<bool> SetAsync(string name, byte[] answer, TimeSpan time)
    {
        var database = await connection.OpenAsync();
        return await database.StringSetAsync(connection.Prefix + name, answer, time);
    }
}
