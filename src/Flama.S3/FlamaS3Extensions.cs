using Flama.Hosting;
using Flama.Hosting.Sources;
using Flama.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets an application take its models from S3.</summary>
public static class FlamaS3Extensions
{
    /// <summary>Takes models of <c>s3://bucket/name</c>, and repositories of them (<c>AddRepository</c>).</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Says how S3 is reached; null for what the section <c>Flama:S3</c> of the configuration and the environment say.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddS3(this IFlamaBuilder builder, Action<S3Options>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<S3Options>("S3", static (section, options) => section.Bind(options));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton<IModelSource>(static provider => new S3ModelSource(provider.GetRequiredService<IOptions<S3Options>>().Value));
        return builder;
    }
}
