using Flama.AspNetCore;
using Flama.AspNetCore.Caching;
using Flama.AspNetCore.Stores;
using Flama.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Keeps answers of models.</summary>
public static class PredictionCacheExtensions
{
    /// <summary>
    /// Answers requests for the same rows again without computing: for a while, by model file, method and input, so that a new model never answers with what another
    /// one computed. Requests that want the same at the same time compute it once; errors are not kept. <c>X-Cache</c> is <c>hit</c> or <c>miss</c>, and
    /// <c>?include=cached</c> adds the member <c>cached</c>. With a store such as that of <c>Flama.Redis</c>, instances share what they computed.
    /// </summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets options, over those of the section <c>Flama:Cache</c> of the configuration; null for none.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Worth it for models that compute longer than some ten microseconds and are asked for the same rows again. Streams are not kept.</remarks>
    public static IFlamaBuilder AddFlamaCache(this IFlamaBuilder builder, Action<PredictionCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<PredictionCacheOptions>("Cache", static (section, cache) => section.Bind(cache))
            .Validate(cache => PredictionCacheOptions.IsTime(cache.Time), "PredictionCacheOptions.Time must be from 0 to 365 days.")
            .Validate(cache => cache.ModelTimes.Values.All(PredictionCacheOptions.IsTime), "PredictionCacheOptions.ModelTimes must be from 0 to 365 days.")
            .Validate(cache => cache.MaxBytes >= PredictionCacheOptions.LeastBytes, $"PredictionCacheOptions.MaxBytes must be {PredictionCacheOptions.LeastBytes} (1 MiB) or more.")
            .Validate(cache => cache.MaxRows >= 1, "PredictionCacheOptions.MaxRows must be 1 or more.");
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddSingleton(static provider => new PredictionCache(
            provider.GetRequiredService<IOptions<PredictionCacheOptions>>().Value,
            provider.GetService<IPredictionStore>(),
            new StoreCircuit("Answers are not shared", provider.GetRequiredService<ILogger<StoreCircuit>>()),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
