using System.Text;
using System.Text.Encodings.Web;
using Flama.AspNetCore;
using Flama.AspNetCore.Keys;
using Flama.AspNetCore.Tokens;
using Flama.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Tokens that the application gives to its users.</summary>
public static class TokenIssuerExtensions
{
    private const int ShortestSecret = 32;

    /// <summary>
    /// Adds <see cref="TokenIssuer"/>, which gives users access and refresh tokens, and takes its access tokens as <c>Authorization: Bearer</c>: on endpoints with <c>RequireAuthorization</c> or
    /// <see cref="RequireScopes"/> (the scheme is the default where the application has none), and on those of models (<see cref="IssuedTokenOptions.ProtectsModels"/>).
    /// </summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets options, over those of the section <c>Flama:IssuedTokens</c> of the configuration; null for none.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A secret that is missing or short, or a lifetime that is not positive, stops the start. Logging in, and who may have which scope, are the application's own.</remarks>
    public static IFlamaBuilder AddTokenIssuer(this IFlamaBuilder builder, Action<IssuedTokenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = builder.BindOptions<IssuedTokenOptions>("IssuedTokens", static (section, tokens) => section.Bind(tokens));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.Validate(tokens => Encoding.UTF8.GetByteCount(tokens.Secret) >= ShortestSecret, $"IssuedTokenOptions.Secret must have {ShortestSecret} bytes or more. Make one with: openssl rand -base64 32");
        options.Validate(tokens => tokens.AccessLifetime > TimeSpan.Zero && tokens.RefreshLifetime > TimeSpan.Zero, "IssuedTokenOptions.AccessLifetime and RefreshLifetime must be more than zero.");
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<JwtBearerHandler>(TokenDefaults.IssuedScheme, displayName: null);
            authentication.DefaultScheme ??= TokenDefaults.IssuedScheme;
        });
        services.TryAddTransient<JwtBearerHandler>();
        services.TryAddSingleton(UrlEncoder.Default);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        services.AddOptions<JwtBearerOptions>(TokenDefaults.IssuedScheme)
            .Configure<IOptions<IssuedTokenOptions>, TimeProvider>(static (bearer, tokens, time) => IssuedTokenScheme.Apply(tokens.Value, bearer, time));
        services.AddSingleton(static provider => new TokenIssuer(
            provider.GetRequiredService<IOptions<IssuedTokenOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<IRefreshTokenStore>()));
        services.AddAuthorization();
        services.AddOptions<CallerSchemes>().Configure<IOptions<IssuedTokenOptions>>(static (schemes, tokens) =>
        {
            if (tokens.Value.ProtectsModels)
            {
                schemes.Names.Add(TokenDefaults.IssuedScheme);
            }
        });
        CallerPolicies.Add(services);
        return builder;
    }

    /// <summary>Lets only callers in whose token has every one of some scopes; others are answered 401 without a valid token, else 403.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="scopes">The scopes, one or more.</param>
    /// <returns>The same endpoints.</returns>
    public static TBuilder RequireScopes<TBuilder>(this TBuilder endpoints, params IReadOnlyList<string> scopes)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentOutOfRangeException.ThrowIfZero(scopes.Count, nameof(scopes));
        return endpoints.RequireAuthorization(policy =>
        {
            policy.RequireAuthenticatedUser();
            foreach (var scope in scopes)
            {
                policy.RequireClaim(ApiKeyDefaults.ScopeClaim, scope);
            }
        });
    }
}
