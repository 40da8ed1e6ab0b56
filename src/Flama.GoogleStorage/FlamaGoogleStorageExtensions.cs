using Flama.GoogleStorage;
using Flama.Hosting;
using Flama.Hosting.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets an application take its models from Google Cloud Storage.</summary>
public static class FlamaGoogleStorageExtensions
{
    /// <summary>Takes models of <c>gs://bucket/name</c>, and repositories of them (<c>AddRepository</c>).</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Says how the service is reached; null for what the section <c>Flama:GoogleStorage</c> of the configuration and the environment say.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddGoogleStorage(this IFlamaBuilder builder, Action<GoogleStorageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<GoogleStorageOptions>("GoogleStorage", static (section, options) => section.Bind(options));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton<IModelSource>(static provider => new GoogleStorageModelSource(provider.GetRequiredService<IOptions<GoogleStorageOptions>>().Value));
        return builder;
    }
}
