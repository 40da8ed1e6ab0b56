using System.Security.Claims;
using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Flama.AspNetCore.Keys;

/// <summary>The key that one request has, looked up once whoever asks first: rate limits, the authentication scheme, the policies. Not thread-safe, as requests are not.</summary>
/// <remarks>As the request's features of authentication it makes the caller's identity when somebody looks at it, which no endpoint of a model does.</remarks>
internal sealed class RequestKey : IHttpAuthenticationFeature, IAuthenticateResultFeature
{
    private const string Bearer = "Bearer ";

    private readonly bool isText;
    private AuthenticateResult? result;
    private AuthenticateResult? told;
    private ClaimsPrincipal? user;

    private RequestKey(ApiKey? key, bool isText)
    {
        Key = key;
        this.isText = isText;
    }

    /// <summary>The key; null where the request has none that is valid.</summary>
    public ApiKey? Key { get; }

    /// <summary>What the framework is told. The identity is the request's own: an application may add to it.</summary>
    public AuthenticateResult Result => result ??= Key is { } key
        ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(key)), ApiKeyDefaults.Scheme))
        : isText ? AuthenticateResult.Fail("The key is not valid.") : AuthenticateResult.NoResult();

    ClaimsPrincipal? IHttpAuthenticationFeature.User
    {
        get => user ??= Result.Principal;
        set => user = value;
    }

    AuthenticateResult? IAuthenticateResultFeature.AuthenticateResult
    {
        get => told ?? Result;
        set => (told, user) = (value, value?.Principal);
    }

    /// <summary>Makes the holder of the key the caller of a request.</summary>
    public void SignIn(HttpContext context)
    {
        context.Features.Set<IHttpAuthenticationFeature>(this);
        context.Features.Set<IAuthenticateResultFeature>(this);
    }

    /// <summary>The key of a request.</summary>
    public static RequestKey Of(HttpContext context, ApiKeyStore keys)
    {
        if (context.Features.Get<RequestKey>() is { } found)
        {
            return found;
        }

        var made = TextOf(context.Request) is { } text ? new RequestKey(keys.Find(text), isText: true) : new(CertificateOf(context, keys), isText: false);
        context.Features.Set(made);
        return made;
    }

    private static ApiKey? CertificateOf(HttpContext context, ApiKeyStore keys) =>
        context.Connection.ClientCertificate is { } certificate ? keys.FindCertificate(certificate.RawDataMemory.Span) : null;

    private static string? TextOf(HttpRequest request)
    {
        // Given twice, it is not clear which one is meant.
        if (request.Headers.TryGetValue(ApiKeyDefaults.HeaderName, out var header))
        {
            return header is [{ } only] ? only.Trim() : "";
        }

        return request.Headers.Authorization is [{ } credentials] && credentials.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? credentials[Bearer.Length..].Trim()
            : null;
    }

    private static ClaimsIdentity IdentityOf(ApiKey key)
    {
        var claims = new Claim[2 + key.Scopes.Count + key.Models.Count];
        claims[0] = new(ClaimTypes.Name, key.Name);
        claims[1] = new(ClaimTypes.NameIdentifier, key.Id);
        var next = 2;
        foreach (var scope in key.Scopes)
        {
            claims[next++] = new(ApiKeyDefaults.ScopeClaim, scope);
        }

        foreach (var model in key.Models)
        {
            claims[next++] = new(ApiKeyDefaults.ModelClaim, model);
        }

        return new(claims, ApiKeyDefaults.Scheme);
    }
}
