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

    public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context)
    {
        if (!IsPlain(context) || policy.AuthenticationSchemes is not [ApiKeyDefaults.Scheme] || RequestKey.Of(context, keys) is not { Key: not null } found)
        {
            return Whole(context).AuthenticateAsync(policy, context);
        }

        context.User = found.Result.Principal!;
        return Task.FromResult(found.Result);
    }

    public Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        IsPlain(context) && context.Features.Get<RequestKey>() is { Key: { } key } found && ReferenceEquals(found.Result, authenticationResult) && Allows(policy, key, resource)
            ? Task.FromResult(PolicyAuthorizationResult.Success())
            : Whole(context).AuthorizeAsync(policy, authenticationResult, context, resource);

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
