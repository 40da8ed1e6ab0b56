using System.Security.Claims;
using Flama.AspNetCore.Keys;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Flama.AspNetCore.Tokens;

/// <summary>The options of tokens in the words of the framework.</summary>
internal static class TokenSettings
{
    private const string Subject = "sub", Client = "client_id", Scopes = "scp";

    /// <summary>Whether keys are in a file.</summary>
    public static bool IsFile(string? keys) => keys is not null && !keys.Contains("://", StringComparison.Ordinal);

    /// <summary>Checks the options.</summary>
    /// <exception cref="FlamaException">Something is missing, or is not a URL of HTTPS.</exception>
    public static void Check(TokenOptions options)
    {
        if (options.Issuer.Length == 0 || options.Audience.Length == 0)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"The {(options.Issuer.Length == 0 ? "issuer" : "audience")} of tokens is not set.", "Set both: a token of another issuer, or for another service, must not be valid.");
        }

        if (!IsFile(options.Keys) && !IsSafe(options.Keys ?? options.Issuer))
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                options.Keys is null ? $"The issuer '{options.Issuer}' is not a URL of HTTPS at which its keys are." : $"The keys of tokens are at '{options.Keys}', which is not a URL of HTTPS.",
                "Name a file with the keys, or a URL that begins with https://.");
        }
    }

    /// <summary>Applies them.</summary>
    public static void Apply(TokenOptions options, JwtBearerOptions bearer, TokenKeyFile? file, TimeProvider time)
    {
        bearer.TimeProvider = time;
        bearer.MapInboundClaims = false;
        bearer.IncludeErrorDetails = false;
        bearer.SaveToken = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = options.ClockSkew,
            NameClaimType = ClaimTypes.Name,
        };
        if (file is not null)
        {
            // An empty configuration: nothing is asked of anybody.
            bearer.Configuration = new OpenIdConnectConfiguration { Issuer = options.Issuer };
            bearer.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, kid, _) => file.Find(kid);
        }
        else
        {
            var address = options.Keys ?? $"{options.Issuer.TrimEnd('/')}/.well-known/openid-configuration";
            HttpClient client = new() { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 };
            bearer.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                address, new IssuerRetriever(), new HttpDocumentRetriever(client) { RequireHttps = address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) });
        }

        bearer.Events = new JwtBearerEvents { OnTokenValidated = AddClaims, OnChallenge = Challenge };
    }

    // HTTP within this machine cannot be listened to.
    private static bool IsSafe(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    /// <summary>Makes of a token that the application issued itself the caller's identity, with every claim that it has.</summary>
    public static Task KeepClaims(TokenValidatedContext context)
    {
        if (context.Principal is { Identity: ClaimsIdentity given } principal)
        {
            var identity = IdentityOf(principal, given, TokenDefaults.IssuedScheme);
            identity.AddClaims(given.FindAll(claim => claim.Type is not (ApiKeyDefaults.ScopeClaim or Scopes or ApiKeyDefaults.ModelClaim)));
            context.Principal = new ClaimsPrincipal(identity);
        }

        return Task.CompletedTask;
    }

    private static Task AddClaims(TokenValidatedContext context)
    {
        if (context.Principal is { Identity: ClaimsIdentity given } principal)
        {
            context.Principal = new ClaimsPrincipal(IdentityOf(principal, given, TokenDefaults.Scheme));
        }

        return Task.CompletedTask;
    }

    private static ClaimsIdentity IdentityOf(ClaimsPrincipal principal, ClaimsIdentity given, string scheme)
    {
        ClaimsIdentity identity = new(scheme);
        if ((principal.FindFirst(Subject) ?? principal.FindFirst(Client))?.Value is { } name)
        {
            identity.AddClaim(new Claim(ClaimTypes.Name, name));
            identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, $"{principal.FindFirst("iss")?.Value} {name}"));
        }

        foreach (var scope in given.FindAll(claim => claim.Type is ApiKeyDefaults.ScopeClaim or Scopes)
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal))
        {
            identity.AddClaim(new Claim(ApiKeyDefaults.ScopeClaim, scope));
        }

        foreach (var model in given.FindAll(ApiKeyDefaults.ModelClaim))
        {
            identity.AddClaim(new Claim(ApiKeyDefaults.ModelClaim, model.Value));
        }

        return identity;
    }

    /// <summary>Asks for credentials.</summary>
    public static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        ApiKeyHandler.Challenge(context.Response);
        return Task.CompletedTask;
    }
}
