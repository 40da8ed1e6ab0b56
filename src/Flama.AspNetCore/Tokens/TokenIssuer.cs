using Flama.AspNetCore.Tokens;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Flama.AspNetCore;

/// <summary>Gives users access and refresh tokens. In dependency injection by <c>AddTokenIssuer</c>. Thread-safe.</summary>
public sealed class TokenIssuer
{
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly IssuedTokenOptions options;
    private readonly TimeProvider time;
    private readonly IRefreshTokenStore? used;
    private readonly SigningCredentials credentials;
    private readonly TokenValidationParameters refreshing;

    /// <summary>Makes the issuer.</summary>
    public TokenIssuer(IOptions<IssuedTokenOptions> options, TimeProvider time, IRefreshTokenStore? used = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.time = time;
        this.used = used;
        credentials = new(IssuedTokenScheme.KeyOf(this.options), SecurityAlgorithms.HmacSha256);
        refreshing = IssuedTokenScheme.Validation(this.options, time, IssuedTokenScheme.RefreshType);
    }

    /// <summary>Gives a user tokens, after the application has made sure who it is.</summary>
    /// <param name="subject">Who it is: the claim <c>sub</c>.</param>
    /// <param name="scopes">What the tokens allow: words of the claim <c>scope</c>.</param>
    /// <param name="claims">Further claims of the tokens, texts; several of one name are a list, and those that tokens have of their own (<c>sub</c>, <c>scope</c>, <c>iss</c>, <c>exp</c>, …) are left out. Null for none.</param>
    public IssuedTokens Issue(string subject, IEnumerable<string> scopes, IEnumerable<KeyValuePair<string, string>>? claims = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(scopes);
        Dictionary<string, object> said = new(StringComparer.Ordinal) { [JwtRegisteredClaimNames.Sub] = subject, [ApiKeyDefaults.ScopeClaim] = string.Join(' ', scopes) };
        foreach (var claim in (claims ?? []).Where(claim => !IssuedTokenScheme.OwnClaims.Contains(claim.Key)).GroupBy(claim => claim.Key, claim => claim.Value, StringComparer.Ordinal))
        {
            string[] values = [.. claim];
            said[claim.Key] = values is [var only] ? only : values;
        }

        return new(Make(said, IssuedTokenScheme.AccessType, options.AccessLifetime), Make(said, IssuedTokenScheme.RefreshType, options.RefreshLifetime), (int)options.AccessLifetime.TotalSeconds);
    }

    /// <summary>Gives new tokens for a refresh token: the same subject, scopes and claims.</summary>
    /// <param name="refreshToken">The token.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where the token is not valid, has expired, is no refresh token, or was used before and an <see cref="IRefreshTokenStore"/> knows.</returns>
    public async Task<IssuedTokens?> RefreshAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(refreshToken);
        var result = await handler.ValidateTokenAsync(refreshToken, refreshing);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
        {
            return null;
        }

        if (used is not null && !await used.TryUseAsync(token.Id, token.Subject, new DateTimeOffset(token.ValidTo, TimeSpan.Zero), cancellationToken))
        {
            return null;
        }

        var claims = token.Claims.Select(claim => KeyValuePair.Create(claim.Type, claim.Value));
        return Issue(token.Subject, (token.TryGetClaim(ApiKeyDefaults.ScopeClaim, out var scopes) ? scopes.Value : "").Split(' ', StringSplitOptions.RemoveEmptyEntries), claims);
    }

    private string Make(Dictionary<string, object> claims, string type, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            Claims = new Dictionary<string, object>(claims, StringComparer.Ordinal) { [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N") },
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            TokenType = type,
            SigningCredentials = credentials,
        });
    }
}
