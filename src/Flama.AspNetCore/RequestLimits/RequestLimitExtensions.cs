using Flama.AspNetCore;
using Flama.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Limits the requests of an application.</summary>
public static class RequestLimitExtensions
{
    /// <summary>Limits how many requests are answered at a time and in all. WebSocket connections and streams count until they end.</summary>
    /// <param name="app">The application; call this behind <c>UseFlamaErrors</c>, which gives a refusal its body, and before what it shall limit.</param>
    /// <param name="configure">Sets the limits, over those of the section <c>Flama:RequestLimits</c> of the configuration; null for none. Without any limit, the application stays as it is.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is below 1.</exception>
    public static IApplicationBuilder UseFlamaRequestLimits(this IApplicationBuilder app, Action<RequestLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        RequestLimitOptions options = new();
        if (app.ApplicationServices.GetService<FlamaConfiguration>()?.Take("RequestLimits") is { } section)
        {
            SectionBinding.Bind(section, options, static (from, limits) => from.Bind(limits));
        }

        configure?.Invoke(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrentRequests ?? 1, 1, "Flama:RequestLimits:MaxConcurrentRequests");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRequests ?? 1, 1, "Flama:RequestLimits:MaxRequests");
        if (options is { MaxConcurrentRequests: null, MaxRequests: null })
        {
            return app;
        }

        var lifetime = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
        return app.Use(next => new Flama.AspNetCore.RequestLimits.RequestLimits(next, options, lifetime).InvokeAsync);
    }
}
