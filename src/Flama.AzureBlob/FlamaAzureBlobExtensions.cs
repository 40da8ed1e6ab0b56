using Flama.AzureBlob;
using Flama.Hosting;
using Flama.Hosting.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets an application take its models from Azure Blob Storage.</summary>
public static class FlamaAzureBlobExtensions
{
    /// <summary>Takes models of <c>az://container/name</c>, and repositories of them (<c>AddRepository</c>).</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Says how the account is reached; null for what the section <c>Flama:AzureBlob</c> of the configuration and the environment say.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddAzureBlob(this IFlamaBuilder builder, Action<AzureBlobOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<AzureBlobOptions>("AzureBlob", static (section, options) => section.Bind(options));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton<IModelSource>(static provider => new AzureBlobModelSource(provider.GetRequiredService<IOptions<AzureBlobOptions>>().Value));
        return builder;
    }
}
