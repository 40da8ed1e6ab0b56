using System.Security.Claims;
using Flama.AspNetCore.Tokens;
using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Keys;

/// <summary>Puts endpoints behind credentials, where the application asks for any.</summary>
internal sealed class KeyProtection
{
    private readonly List<string> schemes;
    private readonly ApiKeyStore? keys;

    public KeyProtection(IServiceProvider host)
    {
        // Read here already: a file that cannot be read stops the start rather than the first request.
        keys = host.GetService<ApiKeyStore>();
        _ = host.GetService<TokenKeys>();
        schemes = host.GetService<IOptions<CallerSchemes>>()?.Value.Names ?? [];
    }

    /// <summary>Whether the application asks for credentials.</summary>
    public bool IsOn => schemes.Count > 0;

    /// <summary>Whether keys are among what it takes.</summary>
    public bool HasKeys => schemes.Contains(ApiKeyDefaults.Scheme);

    /// <summary>Protects an endpoint of a model.</summary>
    public void Protect(IEndpointConventionBuilder endpoint, string policy, string model)
    {
        if (IsOn)
        {
            endpoint.WithMetadata(new AuthorizeAttribute(policy), new ProtectedModel(model));
        }
    }

    /// <summary>Protects an endpoint of many models.</summary>
    public void ProtectByRoute(IEndpointConventionBuilder endpoint, string policy, string segment)
    {
        if (IsOn)
        {
            endpoint.WithMetadata(new AuthorizeAttribute(policy), new ProtectedRoute(segment));
        }
    }

    /// <summary>Protects an endpoint that belongs to all models.</summary>
    public void Protect(IEndpointConventionBuilder endpoint, string policy)
    {
        if (IsOn)
        {
            endpoint.WithMetadata(new AuthorizeAttribute(policy));
        }
    }

    /// <summary>Protects an endpoint that is for every caller with valid credentials; what they allow is asked further in.</summary>
    public void ProtectForCallers(IEndpointConventionBuilder endpoint) => Protect(endpoint, ApiKeyDefaults.CallerPolicy);

    /// <summary>Whether the caller of a request may do something with a model, where no endpoint of that model asks.</summary>
    public async ValueTask<bool> AllowsAsync(HttpContext context, string policy, string model) => !IsOn
        || (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, new ProtectedModel(model), policy)).Succeeded;

    /// <summary>The valid key of a request; null where it has none, or has other credentials.</summary>
    public ApiKey? FindKey(HttpContext context) => keys is null ? null : RequestKey.Of(context, keys).Key;

    /// <summary>The caller whose credentials are valid; null for any other. A request's credentials are checked once.</summary>
    public async ValueTask<ClaimsPrincipal?> FindCallerAsync(HttpContext context)
    {
        foreach (var scheme in schemes)
        {
            if (await context.AuthenticateAsync(scheme) is { Succeeded: true, Principal: { } caller })
            {
                return caller;
            }
        }

        return null;
    }
}
