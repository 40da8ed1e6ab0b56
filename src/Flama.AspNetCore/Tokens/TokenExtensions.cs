using System.Text.Encodings.Web;
using Flama;
using Flama.AspNetCore;
using Flama.AspNetCore.Keys;
using Flama.AspNetCore.Tokens;
using Flama.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Asks callers for tokens.</summary>
public static class TokenExtensions
{
    /// <summary>
    /// Protects the endpoints of models with tokens of an issuer (<c>Authorization: Bearer</c>), as <c>AddApiKeys</c> does with keys; with both, either will do. The scopes
    /// <c>predict</c>, <c>inspect</c> and <c>admin</c> are words of the claim <c>scope</c> or <c>scp</c>; a claim <c>flama:model</c> with names of models restricts a token to those.
    /// </summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets issuer, audience and keys.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="FlamaException">Issuer or audience is missing, or a URL is not one of HTTPS (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    /// <remarks>A file of keys that cannot be read stops the start. An issuer that does not answer makes tokens invalid until it does.</remarks>
    public static IFlamaBuilder AddFlamaTokens(this IFlamaBuilder builder, Action<TokenOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        TokenOptions options = new();
        configure(options);
        TokenSettings.Check(options);
        var services = builder.Services;

        // Not AddAuthentication: that would have the application write keys of its own to the disk, which nothing here needs.
        services.AddAuthenticationCore(authentication => authentication.AddScheme<JwtBearerHandler>(TokenDefaults.Scheme, displayName: null));
        services.TryAddTransient<JwtBearerHandler>();
        services.TryAddSingleton(UrlEncoder.Default);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        if (TokenSettings.IsFile(options.Keys))
        {
            services.AddSingleton(provider => new TokenKeyFile(options.Keys!, provider.GetRequiredService<ILogger<TokenKeyFile>>()));
        }

        services.AddOptions<JwtBearerOptions>(TokenDefaults.Scheme).Configure<IServiceProvider>(
            (bearer, provider) => TokenSettings.Apply(options, bearer, provider.GetService<TokenKeyFile>(), provider.GetRequiredService<TimeProvider>()));
        CallerPolicies.Add(services, TokenDefaults.Scheme);
        return builder;
    }
}
