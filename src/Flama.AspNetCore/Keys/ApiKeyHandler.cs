using System.Security.Claims;
using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Keys;

/// <summary>Finds the key of one request.</summary>
internal sealed class ApiKeyHandler(ApiKeyStore keys) : IAuthenticationHandler
{
    private const string Bearer = "Bearer ";

    private HttpContext context = null!;
    private AuthenticationScheme scheme = null!;
    private AuthenticateResult? result;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        this.scheme = scheme;
        this.context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(result ??= Authenticate());

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        Challenge(context.Response);
        return Task.CompletedTask;
    }

    /// <summary>Asks for credentials; the error answers of the application give the answer a body.</summary>
    public static void Challenge(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Bearer realm=\"flama\"";
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private AuthenticateResult Authenticate()
    {
        if (TextOf(context.Request) is { } text)
        {
            return keys.Find(text) is { } key ? Success(key) : AuthenticateResult.Fail("The key is not valid.");
        }

        return context.Connection.ClientCertificate is { } certificate && keys.FindCertificate(certificate.RawDataMemory.Span) is { } holder
            ? Success(holder)
            : AuthenticateResult.NoResult();
    }

    private AuthenticateResult Success(ApiKey key) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(key)), scheme.Name));

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

    private ClaimsIdentity IdentityOf(ApiKey key) => new(
        [
            new(ClaimTypes.Name, key.Name),
            new(ClaimTypes.NameIdentifier, key.Id),
            .. key.Scopes.Select(scope => new Claim(ApiKeyDefaults.ScopeClaim, scope)),
            .. key.Models.Select(model => new Claim(ApiKeyDefaults.ModelClaim, model)),
        ],
        scheme.Name);
}
