using Flama.AspNetCore;
using Flama.AspNetCore.Admin;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what operators do with models.</summary>
public static class AdminExtensions
{
    /// <summary>
    /// Maps <c>GET {path}models/</c> (all models), <c>GET {path}models/{model}/</c>, and <c>POST {path}models/{model}/</c> followed by <c>load/</c>, <c>unload/</c>,
    /// <c>promote/?version=…[&amp;label=…]</c> or <c>rollback/</c>. Loading a model that is not of a repository reads its file anew and puts it in place without downtime.
    /// Every one of them wants the policy <see cref="ApiKeyDefaults.AdminPolicy"/>; keys for some models reach these alone.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="path">The path, starting with a slash.</param>
    /// <returns>The endpoints, to add conventions to all of them.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called, or nothing says who is an operator: <c>AddApiKeys</c>.</exception>
    public static IEndpointConventionBuilder MapFlamaAdmin(this IEndpointRouteBuilder endpoints, string path = "/admin/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var host = endpoints.ServiceProvider;
        var services = HttpServices.Of(host, nameof(MapFlamaAdmin));

        // Policies are made from options: the task is complete.
        if (host.GetService<IAuthorizationPolicyProvider>()?.GetPolicyAsync(ApiKeyDefaults.AdminPolicy) is not { IsCompletedSuccessfully: true, Result: not null })
        {
            throw new InvalidOperationException($"{nameof(MapFlamaAdmin)} needs keys with the scope admin. Call AddApiKeys, or add an authorization policy of the name {ApiKeyDefaults.AdminPolicy}.");
        }

        AdminEndpoints admin = new(services.Served, [.. host.GetServices<ModelRepository>()], services.Errors);
        var group = endpoints.MapGroup(path.TrimEnd('/'));
        group.ExcludeFromDescription();
        group.RequireAuthorization(ApiKeyDefaults.AdminPolicy);
        const string one = $"/models/{{{AdminEndpoints.Model}}}/";
        Map(group, HttpMethods.Get, "/models/", admin.ListAsync);
        Map(group, HttpMethods.Get, one, admin.ShowAsync);
        Map(group, HttpMethods.Post, $"{one}load/", admin.LoadAsync);
        Map(group, HttpMethods.Post, $"{one}unload/", admin.UnloadAsync);
        Map(group, HttpMethods.Post, $"{one}promote/", admin.PromoteAsync);
        Map(group, HttpMethods.Post, $"{one}rollback/", admin.RollBackAsync);
        return group;
    }

    private static void Map(RouteGroupBuilder group, string method, string path, RequestDelegate handler) =>
        group.MapMethods(path, [method], handler).WithMetadata(new Flama.AspNetCore.Keys.ProtectedRoute(AdminEndpoints.Model));
}
