using Flama.AspNetCore;
using Flama.Hosting;
using Flama.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets instances of an application share what they count and compute through Redis.</summary>
public static class FlamaRedisExtensions
{
    /// <summary>Shares rate limits (<c>AddFlamaRateLimits</c>) and answers (<c>AddFlamaCache</c>) with all instances that use the same Redis and the same prefix.</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configuration">The servers and options as StackExchange.Redis takes them, for example <c>redis.internal:6379</c>; null for that of the section <c>Flama:Redis</c> of the configuration.</param>
    /// <param name="configure">Sets further options; null for none.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Redis need not be there when the application starts, and need not stay: without it, each instance goes on by itself.</remarks>
    public static IFlamaBuilder AddRedis(this IFlamaBuilder builder, string? configuration = null, Action<RedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.BindOptions<RedisOptions>("Redis", static (section, redis) => section.Bind(redis))
            .Configure(options =>
            {
                options.Configuration = configuration ?? options.Configuration;
                configure?.Invoke(options);
            })
            .Validate(IsValid, "RedisOptions.Configuration is not one that StackExchange.Redis takes. Give servers such as redis.internal:6379.");
        builder.Services.TryAddSingleton(static provider => new RedisConnection(provider.GetRequiredService<IOptions<RedisOptions>>()));
        builder.Services.AddHostedService(static provider => new RedisStartup(provider.GetRequiredService<RedisConnection>()));
        builder.Services.TryAddSingleton<IRateLimitStore>(static provider => new RedisRateLimitStore(provider.GetRequiredService<RedisConnection>()));
        builder.Services.TryAddSingleton<IPredictionStore>(static provider => new RedisPredictionStore(provider.GetRequiredService<RedisConnection>()));
        return builder;
    }

    private static bool IsValid(RedisOptions options)
    {
        try
        {
            return ConfigurationOptions.Parse(options.Configuration).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
