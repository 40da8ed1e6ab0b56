using Flama.Cli.Settings;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Cli.Serving;

/// <summary>What stands between callers and models: keys, tokens, limits, the audit log, kept answers.</summary>
internal static class CallerGuards
{
    private const int MostThreads = 1000;

    /// <summary>Adds the services that options ask for.</summary>
    public static void AddTo(IFlamaBuilder flama, SettingValues values)
    {
        if (values.Get(ServerSettings.Keys) is { } keys)
        {
            // Endpoints name the schemes they take: none is asked at every request besides.
            AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", isEnabled: true);
            flama.AddApiKeys(keys);
        }

        if (HasTokens(values))
        {
            flama.AddFlamaTokens(values.Apply);
        }

        if (values.Get(ServerSettings.RequestTimeout) is > 0)
        {
            flama.Services.AddRequestTimeouts();
        }

        if (values.Get(ServerSettings.ModelConcurrency) is { } places)
        {
            // A refusal does not wait for a thread that computes.
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(Math.Min(workers + places, MostThreads), ports);
        }

        if (values.Get(ServerSettings.RateLimit) is not null)
        {
            flama.AddFlamaRateLimits(values.Apply);
        }

        if (values.Get(ServerSettings.Audit) is { } log)
        {
            flama.AddFlamaAudit(log, values.Apply);
        }

        if (values.Get(ServerSettings.Cache) is not null || values.IsSet(ServerSettings.CacheModels))
        {
            flama.AddFlamaCache(cache =>
            {
                cache.Time = TimeSpan.Zero;
                values.Apply(cache);
                foreach (var (model, time) in values.GetAll(ServerSettings.CacheModels).Select(text => Kinds.ModelSecondsOf(text)!.Value))
                {
                    cache.ModelTimes[model] = time;
                }
            });
        }

        if (values.Get(ServerSettings.RedisServers) is { } servers)
        {
            flama.AddRedis(servers, values.Apply);
        }
    }

    /// <summary>Adds the steps, between routing and the endpoints.</summary>
    public static void AddTo(WebApplication app, SettingValues values)
    {
        if (values.Get(ServerSettings.RequestTimeout) is > 0)
        {
            app.UseRequestTimeouts();
        }

        if (values.Get(ServerSettings.RateLimit) is null)
        {
            return;
        }

        app.UseFlamaRateLimits();
        if (values.Get(ServerSettings.Keys) is not null || HasTokens(values))
        {
            // Else the application would put it in front: what has no valid key is counted too.
            app.UseAuthorization();
        }
    }

    private static bool HasTokens(SettingValues values) =>
        values.IsSet(ServerSettings.TokenIssuer) || values.IsSet(ServerSettings.TokenAudience) || values.IsSet(ServerSettings.TokenKeys);
}
