using Flama.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Limits the requests of an application.</summary>
public static class RequestLimitExtensions
{
    /// <summary>Limits how many requests are answered at a time and in all. WebSocket connections and streams count until they end.</summary>
    /// <param name="app">The application; call this behind <c>UseFlamaErrors</c>, which gives a refusal its body, and before what it shall limit.</param>
    /// <param name="configure">Sets the limits. Without any, the application stays as it is.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is below 1.</exception>
    public static IApplicationBuilder UseFlamaRequestLimits(this IApplicationBuilder app, Action<RequestLimitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(configure);
        RequestLimitOptions options = new();
        configure(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrentRequests ?? 1, 1, nameof(options.MaxConcurrentRequests));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRequests ?? 1, 1, nameof(options.MaxRequests));
        if (options is { MaxConcurrentRequests: null, MaxRequests: null })
        {
            return app;
        }

        var lifetime = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
        return app.Use(next => new Flama.AspNetCore.RequestLimits.RequestLimits(next, options, lifetime).InvokeAsync);
    }
}
