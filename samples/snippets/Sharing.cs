using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Sharing
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama()
            .AddFlamaRateLimits()
            .AddFlamaCache()
            .AddRedis("redis.internal:6379");
    }
}
