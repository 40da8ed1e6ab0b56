using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Flama.Hosting.Configuration;

/// <summary>The options of the whole application, which stand in the section of Flama itself, beside those of its features.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="added">The sections of the features that the application has, those of other packages included.</param>
internal sealed class FlamaSection(FlamaConfiguration configuration, IEnumerable<FeatureSection> added) : IConfigureOptions<FlamaOptions>
{
    /// <summary>The sections of Flama's own features, and what an application calls to have each.</summary>
    public static IReadOnlyDictionary<string, string> Features { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Models"] = "AddFlama",
        ["Http"] = "MapModels",
        ["Repository"] = "AddRepository",
        ["RequestLimits"] = "UseFlamaRequestLimits",
        ["AddressList"] = "UseFlamaAddressList",
        ["RateLimits"] = "AddFlamaRateLimits",
        ["Cache"] = "AddFlamaCache",
        ["Metrics"] = "AddFlamaMetrics",
        ["PredictionLog"] = "AddPredictionLog",
        ["Keys"] = "AddApiKeys",
        ["Tokens"] = "AddFlamaTokens",
        ["Audit"] = "AddFlamaAudit",
        ["Redis"] = "AddRedis",
        ["Sources"] = "AddRepository",
        ["S3"] = "AddS3",
        ["AzureBlob"] = "AddAzureBlob",
        ["GoogleStorage"] = "AddGoogleStorage",
    };

    /// <summary>The keys that are not features.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. SectionBinding.KeysOf(typeof(FlamaOptions)).Where(key => key != nameof(FlamaOptions.Engines))];

    /// <inheritdoc/>
    public void Configure(FlamaOptions options)
    {
        if (configuration.Root is not { } root)
        {
            return;
        }

        SectionBinding.CheckKeys(root, [.. Keys, .. Features.Keys, .. added.Select(feature => feature.Name)]);
        var health = root.GetSection(nameof(FlamaOptions.Health));
        SectionBinding.CheckKeys(health, SectionBinding.KeysOf(typeof(HealthOptions)));
        SectionBinding.CheckKeys(root.GetSection(nameof(FlamaOptions.Updates)), SectionBinding.KeysOf(typeof(Updating.UpdateOptions)));
        SectionBinding.Run(root, () => Bind(root, options));
        var address = health.GetSection(nameof(HealthOptions.Address));
        if (address.Value is { Length: > 0 } text)
        {
            options.Health.Address = IPAddress.TryParse(text, out var parsed) ? parsed : throw SectionBinding.Wrong(address.Path, text, "an IP address such as 0.0.0.0");
        }
    }

    // One by one: no code can be made for the table of engines.
    private static void Bind(IConfiguration root, FlamaOptions options)
    {
        options.Title = root[nameof(options.Title)] ?? options.Title;
        options.Version = root[nameof(options.Version)] ?? options.Version;
        options.Description = root[nameof(options.Description)] ?? options.Description;
        options.MaxDegreeOfParallelism = root.GetValue(nameof(options.MaxDegreeOfParallelism), options.MaxDegreeOfParallelism);
        options.StopDelay = root.GetValue(nameof(options.StopDelay), options.StopDelay);
        options.HidesInternals = root.GetValue(nameof(options.HidesInternals), options.HidesInternals);
        options.Health.Port = root.GetSection(nameof(options.Health)).GetValue(nameof(options.Health.Port), options.Health.Port);
        root.GetSection(nameof(options.Updates)).Bind(options.Updates);
        options.Batching = BatchingSection.Read(root.GetSection(nameof(options.Batching))) ?? options.Batching;
    }
}
