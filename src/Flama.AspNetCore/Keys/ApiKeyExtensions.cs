using Flama.AspNetCore;
using Flama.AspNetCore.Health;
using Flama.AspNetCore.Keys;
using Flama.Hosting;
using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Asks callers for keys.</summary>
public static class ApiKeyExtensions
{
    /// <summary>
    /// Protects the endpoints of models with keys: methods and streams want the scope <c>predict</c>, metadata wants <c>inspect</c>. Endpoints of the application
    /// ask for keys by <c>RequireAuthorization(ApiKeyDefaults.PredictPolicy)</c> and its siblings. Health, the OpenAPI document and the docs page stay open.
    /// </summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="path">The file of keys, see <c>flama key add</c> and <see cref="ApiKeyFile"/>. It is read again when it has changed. Null for that of the section <c>Flama:Keys</c> of the configuration.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A file that cannot be read at the start stops it. Web applications have the middleware for it; others call <c>UseAuthentication</c> and <c>UseAuthorization</c>.</remarks>
    public static IFlamaBuilder AddApiKeys(this IFlamaBuilder builder, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.BindOptions<ApiKeyOptions>("Keys", static (section, keys) => section.Bind(keys))
            .Configure(options => options.Path = path ?? options.Path)
            .Validate(options => options.Path.Length > 0, "Flama:Keys:Path is not set. Set it to the file of keys, or give the file to AddApiKeys.");
        var services = builder.Services;
        services.AddSingleton(static provider => new ApiKeyStore(provider.GetRequiredService<IOptions<ApiKeyOptions>>().Value.Path, provider.GetRequiredService<ILogger<ApiKeyStore>>()));
        services.AddAuthenticationCore(authentication => authentication.AddScheme<ApiKeyHandler>(ApiKeyDefaults.Scheme, displayName: null));
        services.TryAddTransient<ApiKeyHandler>();
        CallerPolicies.Add(services, ApiKeyDefaults.Scheme);
        KeyFileHealthCheck.Add<ApiKeyStore>(services, KeyFileHealthCheck.Keys, static keys => keys.FindFault);
        Shorten(services);
        return builder;
    }

    // Only the framework's own: an application may have one that asks for more.
    private static void Shorten(IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(IPolicyEvaluator)) is { } found && found.ImplementationType == typeof(PolicyEvaluator))
        {
            services.Remove(found);
            services.AddSingleton<IPolicyEvaluator, KeyPolicyEvaluator>();
        }
    }
}
