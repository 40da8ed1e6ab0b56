using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Keys;

/// <summary>Tells the framework the key of one request.</summary>
internal sealed class ApiKeyHandler(ApiKeyStore keys) : IAuthenticationHandler
{
    private HttpContext context = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        this.context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(RequestKey.Of(context, keys).Result);

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
}
