using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Keys;

/// <summary>Compares the scopes and models of a caller with what an endpoint asks for. Thread-safe.</summary>
internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        var user = context.User;
        if (user.HasClaim(ApiKeyDefaults.ScopeClaim, requirement.Scope)
            && (user.FindFirst(ApiKeyDefaults.ModelClaim) is null || (ModelOf(context.Resource) is { } model && user.HasClaim(ApiKeyDefaults.ModelClaim, model))))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a key has what an endpoint asks for.</summary>
    public static bool Allows(ApiKey key, ScopeRequirement requirement, object? resource) =>
        key.Scopes.Contains(requirement.Scope, StringComparer.Ordinal)
        && (key.Models.Count == 0 || (ModelOf(resource) is { } model && key.Models.Contains(model, StringComparer.Ordinal)));

    // A key for some models does not reach what belongs to none or to all.
    private static string? ModelOf(object? resource) => resource is ProtectedModel asked ? asked.Name : resource is HttpContext context && context.GetEndpoint()?.Metadata is { } metadata
        ? metadata.GetMetadata<ProtectedModel>()?.Name ?? (metadata.GetMetadata<ProtectedRoute>() is { } route ? context.Request.RouteValues[route.Segment] as string : null)
        : null;
}
