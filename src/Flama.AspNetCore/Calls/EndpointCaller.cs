using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Calls;

/// <summary>Asks what the authorization of an endpoint says to the caller of another one, as the framework's middleware asks it.</summary>
internal static class EndpointCaller
{
    /// <summary>Finds the caller.</summary>
    /// <param name="outer">The request at hand; it is not changed.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="place">What routing would have found in its path.</param>
    /// <returns>The caller as the endpoint knows it; null where it does not let it in.</returns>
    public static async ValueTask<ClaimsPrincipal?> FindAsync(HttpContext outer, Endpoint endpoint, RouteValueDictionary place)
    {
        var services = outer.RequestServices;
        var (said, policies, requirements) = (
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>(), endpoint.Metadata.GetOrderedMetadata<IAuthorizationRequirementData>());
        if (services.GetService<IAuthorizationPolicyProvider>() is not { } provider || services.GetService<IPolicyEvaluator>() is not { } evaluator)
        {
            // An application without authorization lets nobody into what asks for it.
            return said.Count + policies.Count + requirements.Count == 0 ? outer.User : null;
        }

        var policy = await AuthorizationPolicy.CombineAsync(provider, said, policies);
        if (requirements.Count > 0)
        {
            AuthorizationPolicy own = new([.. requirements.SelectMany(data => data.GetRequirements())], []);
            policy = policy is null ? own : AuthorizationPolicy.Combine(policy, own);
        }

        if (policy is null)
        {
            return outer.User;
        }

        // Handlers may look at the request: they see the endpoint and its path, and else what was sent.
        FeatureCollection features = new(outer.Features);
        features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature { User = outer.User });
        features.Set<IEndpointFeature>(new AskedEndpoint { Endpoint = endpoint });
        features.Set<IRouteValuesFeature>(new RouteValuesFeature { RouteValues = new RouteValueDictionary(place) });
        DefaultHttpContext asked = new(features);
        var authenticated = await evaluator.AuthenticateAsync(policy, asked);
        return endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || (await evaluator.AuthorizeAsync(policy, authenticated, asked, asked)).Succeeded ? asked.User : null;
    }

    private sealed class AskedEndpoint : IEndpointFeature
    {
        public Endpoint? Endpoint { get; set; }
    }
}
