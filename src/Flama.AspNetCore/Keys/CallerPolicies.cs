using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Keys;

/// <summary>The policies of the scopes. Any of the schemes will do for each of them.</summary>
internal static class CallerPolicies
{
    /// <summary>Adds a scheme by which callers are known.</summary>
    public static void Add(IServiceCollection services, string scheme)
    {
        services.Configure<CallerSchemes>(schemes => schemes.Names.Add(scheme));
        Add(services);
    }

    /// <summary>Adds the policies, for a scheme that is added by options of its own.</summary>
    public static void Add(IServiceCollection services)
    {
        if (services.Any(service => service.ImplementationType == typeof(ScopeHandler)))
        {
            return;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ScopeHandler>());
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<CallerSchemes>>(static (authorization, schemes) =>
        {
            AddPolicy(authorization, ApiKeyDefaults.PredictPolicy, ApiKeyScopes.Predict, schemes.Value);
            AddPolicy(authorization, ApiKeyDefaults.InspectPolicy, ApiKeyScopes.Inspect, schemes.Value);
            AddPolicy(authorization, ApiKeyDefaults.AdminPolicy, ApiKeyScopes.Admin, schemes.Value);
            authorization.AddPolicy(ApiKeyDefaults.CallerPolicy, policy => policy.AddAuthenticationSchemes([.. schemes.Value.Names]).RequireAuthenticatedUser());
        });
    }

    private static void AddPolicy(AuthorizationOptions authorization, string name, string scope, CallerSchemes schemes) => authorization.AddPolicy(
        name, policy => policy.AddAuthenticationSchemes([.. schemes.Names]).RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)));
}
