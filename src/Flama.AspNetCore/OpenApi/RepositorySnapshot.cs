using Flama.AspNetCore.Models;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The models of repositories as endpoints, for a document. Those that are loaded are described in full, and stay loaded until this is disposed; no other is loaded for it.</summary>
internal sealed class RepositorySnapshot : IDisposable
{
    // A document with the schemas of thousands of models is of no use to anyone.
    private const int MostInFull = 100;

    private readonly List<RepositoryVersion> entered = [];

    /// <summary>The routes, in the order of the models.</summary>
    public List<ModelRoute> Routes { get; } = [];

    /// <summary>Their endpoints.</summary>
    public List<Endpoint> Endpoints { get; } = [];

    /// <summary>Looks at the repositories of an application.</summary>
    public static RepositorySnapshot Take(HttpServices services)
    {
        RepositorySnapshot snapshot = new();
        foreach (var dispatch in services.Repositories)
        {
            CollectedRoutes collected = new(dispatch.Endpoints);
            foreach (var version in dispatch.Repository.Models.Select(model => model.Default).OfType<RepositoryVersion>())
            {
                snapshot.Add(collected, dispatch.RoutesOf(version).Route, version, services);
            }

            snapshot.Endpoints.AddRange(collected.DataSources.SelectMany(source => source.Endpoints));
        }

        return snapshot;
    }

    public void Dispose()
    {
        foreach (var version in entered)
        {
            version.Leave();
        }
    }

    private void Add(CollectedRoutes collected, ModelRoute route, RepositoryVersion version, HttpServices services)
    {
        Routes.Add(route);
        var group = ((IEndpointRouteBuilder)collected).MapGroup(string.Empty);
        group.WithTags(route.Name);
        if (entered.Count < MostInFull && version.TryEnter())
        {
            entered.Add(version);
            using var lease = route.Acquire();
            ModelMapping.MapAll(group, route, lease.Loaded, services);
        }
        else
        {
            ModelMapping.MapUnloaded(group, route, services);
        }
    }
}
