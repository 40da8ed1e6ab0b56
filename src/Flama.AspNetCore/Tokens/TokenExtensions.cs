using System.Text.Encodings.Web;
using Flama;
using Flama.AspNetCore;
using Flama.AspNetCore.Health;
using Flama.AspNetCore.Keys;
using Flama.AspNetCore.Tokens;
using Flama.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
    /// <param name="configure">Sets issuer, audience and keys, over those of the section <c>Flama:Tokens</c> of the configuration; null for none.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The start fails with <see cref="FlamaException"/> where issuer or audience is missing or a URL is not one of HTTPS (<see cref="ErrorCodes.InvalidOption"/>), and where a file of keys cannot be read.
    /// An issuer that does not answer makes tokens invalid until it does.
    /// </remarks>
    public static IFlamaBuilder AddFlamaTokens(this IFlamaBuilder builder, Action<TokenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.BindOptions<TokenOptions>("Tokens", static (section, tokens) => section.Bind(tokens)).PostConfigure(TokenSettings.Check);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        var services = builder.Services;

        // Not AddAuthentication: that would have the application write keys of its own to the disk, which nothing here needs.
        services.AddAuthenticationCore(authentication => authentication.AddScheme<JwtBearerHandler>(TokenDefaults.Scheme, displayName: null));
        services.TryAddTransient<JwtBearerHandler>();
        services.TryAddSingleton(UrlEncoder.Default);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        services.TryAddSingleton<TokenKeys>();

        services.AddOptions<JwtBearerOptions>(TokenDefaults.Scheme).Configure<TokenKeys, TimeProvider>(static (bearer, keys, time) => TokenSettings.Apply(keys.Options, bearer, keys.File, time));
        CallerPolicies.Add(services, TokenDefaults.Scheme);
        KeyFileHealthCheck.Add<TokenKeys>(services, KeyFileHealthCheck.TokenKeys, static keys => keys.File is { } file ? file.FindFault : null);
        return builder;
    }
}
