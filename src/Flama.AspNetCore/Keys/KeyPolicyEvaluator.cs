using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Keys;

/// <summary>The framework's evaluation of policies, with a shorter way for a valid key at a policy that asks for nothing else. Thread-safe.</summary>
/// <remarks>
/// The long way makes a dozen objects of services per request, which costs more than a small model's prediction. The short one leads to yes only: whatever it cannot
/// decide goes the long way, and so does everything in an application that has handlers, services or transformations of its own, which are to be asked too.
/// </remarks>
/// <param name="keys">The keys.</param>
internal sealed class KeyPolicyEvaluator(ApiKeyStore keys) : IPolicyEvaluator
{
    private bool? isPlain;

    // What the middleware is told where the key is the caller's already: with a success it would make the identity.
    private static readonly Task<AuthenticateResult> SignedIn = Task.FromResult<AuthenticateResult>(new ByKey());
    private static readonly Task<PolicyAuthorizationResult> Yes = Task.FromResult(PolicyAuthorizationResult.Success());

    public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context)
    {
        if (!IsPlain(context) || policy.AuthenticationSchemes is not [ApiKeyDefaults.Scheme] || RequestKey.Of(context, keys) is not { Key: not null } found)
        {
            return Whole(context).AuthenticateAsync(policy, context);
        }

        found.SignIn(context);
        return SignedIn;
    }

    public Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource)
    {
        if (authenticationResult is not ByKey || context.Features.Get<RequestKey>() is not { Key: { } key } found)
        {
            return Whole(context).AuthorizeAsync(policy, authenticationResult, context, resource);
        }

        return Allows(policy, key, resource) ? Yes : Whole(context).AuthorizeAsync(policy, found.Result, context, resource);
    }

    // No other evaluation gives this one: what is neither yes nor no elsewhere must not pass here.
    private sealed class ByKey : AuthenticateResult;

    private static bool Allows(AuthorizationPolicy policy, ApiKey key, object? resource)
    {
        foreach (var requirement in policy.Requirements)
        {
            if (requirement is not DenyAnonymousAuthorizationRequirement && !(requirement is ScopeRequirement scope && ScopeHandler.Allows(key, scope, resource)))
            {
                return false;
            }
        }

        return true;
    }

    private static PolicyEvaluator Whole(HttpContext context) => new(context.RequestServices.GetRequiredService<IAuthorizationService>());

    // Asked once: what is registered does not change while an application runs.
    private bool IsPlain(HttpContext context)
    {
        if (isPlain is { } known)
        {
            return known;
        }

        var services = context.RequestServices;
        var made = services.GetServices<IAuthorizationHandler>().All(handler => handler is PassThroughAuthorizationHandler or ScopeHandler)
            && services.GetService<IClaimsTransformation>() is null or NoopClaimsTransformation
            && services.GetService<IAuthenticationService>()?.GetType().Assembly == typeof(AuthenticationService).Assembly
            && services.GetService<IAuthorizationService>()?.GetType().Assembly == typeof(DefaultAuthorizationService).Assembly
            && services.GetService<IAuthorizationEvaluator>() is DefaultAuthorizationEvaluator;
        isPlain = made;
        return made;
    }
}
