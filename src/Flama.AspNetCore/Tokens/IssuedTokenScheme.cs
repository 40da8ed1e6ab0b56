using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Flama.AspNetCore.Tokens;

/// <summary>What makes a token of the application's own valid.</summary>
internal static class IssuedTokenScheme
{
    /// <summary>The header <c>typ</c>: one kind of token cannot stand for the other.</summary>
    public const string AccessType = "at+jwt", RefreshType = "rt+jwt";

    /// <summary>Claims that are made anew with each token.</summary>
    public static readonly FrozenSet<string> OwnClaims = new[]
    {
        JwtRegisteredClaimNames.Sub, JwtRegisteredClaimNames.Jti, JwtRegisteredClaimNames.Iss, JwtRegisteredClaimNames.Aud, JwtRegisteredClaimNames.Iat, JwtRegisteredClaimNames.Nbf,
        JwtRegisteredClaimNames.Exp, ApiKeyDefaults.ScopeClaim,
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>The key.</summary>
    public static SymmetricSecurityKey KeyOf(IssuedTokenOptions options) => new(Encoding.UTF8.GetBytes(options.Secret));

    /// <summary>What is checked of a token of a kind.</summary>
    public static TokenValidationParameters Validation(IssuedTokenOptions options, TimeProvider time, string type) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        ValidTypes = [type],
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKey = KeyOf(options),
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => time.GetUtcNow().UtcDateTime is var now && until is { } end && end + Skew > now && !(from - Skew > now),
    };

    /// <summary>Has the framework check access tokens.</summary>
    public static void Apply(IssuedTokenOptions options, JwtBearerOptions bearer, TimeProvider time)
    {
        bearer.TimeProvider = time;
        bearer.MapInboundClaims = false;
        bearer.IncludeErrorDetails = false;
        bearer.SaveToken = false;
        bearer.Configuration = new OpenIdConnectConfiguration { Issuer = options.Issuer };
        bearer.TokenValidationParameters = Validation(options, time, AccessType);
        bearer.Events = new JwtBearerEvents { OnTokenValidated = TokenSettings.KeepClaims, OnChallenge = TokenSettings.Challenge };
    }
}
