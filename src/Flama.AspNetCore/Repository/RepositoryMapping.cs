using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Streaming;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Repository;

/// <summary>Maps the paths of a repository: one set of them for all its models, which come and go.</summary>
internal static class RepositoryMapping
{
    // Every other path of an application goes first.
    private const int Order = 1_000;

    /// <summary>Maps <c>{url}{model}/…</c> and <c>{url}{model}/versions/{version}/…</c>.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, ModelRepository repository, HttpServices services)
    {
        var prefix = ModelUrl.Normalize(repository.Options.Url);
        RepositoryDispatch dispatch = new(endpoints, repository, prefix, services);
        services.Repositories.Add(dispatch);
        var group = endpoints.MapGroup(string.Empty);
        group.ExcludeFromDescription();
        var model = $"{prefix}{{{RepositoryDispatch.Model}}}/";
        foreach (var path in new[] { model, $"{model}versions/{{{RepositoryDispatch.Version}}}/" })
        {
            var inspect = group.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], dispatch.InspectAsync);
            var methods = group.MapMethods($"{path}{{{RepositoryDispatch.Method}}}/", [HttpMethods.Post], dispatch.PredictAsync).WithMetadata(new RequestSizeLimit(services.Options.MaxRequestBodyBytes));
            RequestTimeouts.Limit(methods, services.Options.RequestTimeout);
            if (path == model)
            {
                inspect.WithMetadata(new RepositoryOperation(repository, null));
                methods.WithMetadata(new RepositoryOperation(repository, RepositoryDispatch.Method));
            }

            Protect(inspect, ApiKeyDefaults.InspectPolicy, services, "inspect");
            Protect(methods, ApiKeyDefaults.PredictPolicy, services, "methods");
            var stream = $"{path}{StreamEndpoints.Name}/";
            Protect(group.MapMethods(stream, [HttpMethods.Post], dispatch.LinesAsync).WithMetadata(new StreamEndpoints.NoSizeLimit()), ApiKeyDefaults.PredictPolicy, services, "stream");
            Protect(group.Map(stream, StreamEndpoints.Sockets(endpoints, dispatch.SocketAsync)), ApiKeyDefaults.PredictPolicy, services, "stream by WebSocket");
        }

        Protect(group.MapMethods($"{model}versions/", [HttpMethods.Get, HttpMethods.Head], dispatch.ListAsync), ApiKeyDefaults.InspectPolicy, services, "versions");
    }

    private static void Protect(IEndpointConventionBuilder endpoint, string policy, HttpServices services, string what)
    {
        endpoint.WithOrder(Order).WithDisplayName($"repository: {what}");
        services.Keys.ProtectByRoute(endpoint, policy, RepositoryDispatch.Model);
    }
}
