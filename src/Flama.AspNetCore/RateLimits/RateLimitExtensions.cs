using Flama.AspNetCore;
using Flama.AspNetCore.RateLimits;
using Flama.AspNetCore.Stores;
using Flama.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Limits how many requests a caller sends.</summary>
public static class RateLimitExtensions
{
    /// <summary>Adds what <see cref="UseFlamaRateLimits"/> needs. With a store such as that of <c>Flama.Redis</c>, instances count together.</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets the limit; null for that of the section <c>Flama:RateLimits</c> of the configuration, else 100 requests a minute.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddFlamaRateLimits(this IFlamaBuilder builder, Action<RateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<RateLimitOptions>("RateLimits", static (section, limits) => section.Bind(limits))
            .Validate(limits => limits.Requests is >= 1 and <= RateLimitOptions.MostRequests, $"RateLimitOptions.Requests must be from 1 to {RateLimitOptions.MostRequests}.")
            .Validate(limits => limits.Window >= TimeSpan.FromSeconds(1) && limits.Window <= RateLimitOptions.LongestWindow, "RateLimitOptions.Window must be from a second to a day.");
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddSingleton(static provider => new RateCounter(
            provider.GetRequiredService<IOptions<RateLimitOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IRateLimitStore>(),
            new StoreCircuit("Rate limits are not shared", provider.GetRequiredService<ILogger<StoreCircuit>>())));
        return builder;
    }

    /// <summary>
    /// Answers 429 with <c>Retry-After</c> to callers above their limit, and tells every caller its own by <c>RateLimit-Limit</c>, <c>RateLimit-Remaining</c>,
    /// <c>RateLimit-Reset</c> (seconds) and <c>RateLimit-Policy</c>. A caller is a key or token where the request has a valid one, else an address: an IPv4 address, or an
    /// IPv6 network of 64 bits. Health and endpoints with <c>DisableRateLimiting</c> are not limited.
    /// </summary>
    /// <param name="app">
    /// The application; call this behind <c>UseFlamaErrors</c> and <c>UseForwardedHeaders</c>, which finds addresses behind trusted proxies, and before <c>UseAuthorization</c>,
    /// so that requests without credentials are counted.
    /// </param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><see cref="AddFlamaRateLimits"/> was not called.</exception>
    /// <exception cref="OptionsValidationException">The limit is out of range.</exception>
    public static IApplicationBuilder UseFlamaRateLimits(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.ApplicationServices;
        var counter = services.GetService<RateCounter>() ?? throw new InvalidOperationException(
            $"{nameof(UseFlamaRateLimits)} needs what {nameof(AddFlamaRateLimits)} adds. Call it before the application is built.");
        var options = services.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        var keys = HttpServices.Of(services, nameof(UseFlamaRateLimits)).Keys;
        return app.Use(next => new RateLimits(next, options, counter, keys).InvokeAsync);
    }
}
