using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Repository;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Calls;

/// <summary>What an application maps for its models, at this moment: with the filters and the authorization that it gave them. Thread-safe.</summary>
/// <param name="services">What all endpoints share.</param>
/// <param name="all">The endpoints of the application.</param>
internal sealed class MappedEndpoints(HttpServices services, EndpointDataSource all)
{
    private Found? found;

    /// <summary>Whether a path of the application is that of a model, or of a repository.</summary>
    public bool Has(object origin) => origin is ModelRepository repository
        ? services.Repositories.Exists(dispatch => dispatch.Repository == repository)
        : services.Routes.Models.Any(route => route.Served == origin);

    /// <summary>The endpoints of a method; several where the model has several paths, none where the method was left out.</summary>
    /// <param name="origin">The <see cref="ServedModel"/>, or the <see cref="ModelRepository"/> for any of its models.</param>
    /// <param name="method">The method; null for showing the model.</param>
    public IEnumerable<Endpoint> Of(object origin, string? method)
    {
        // The list stays the same object until there is another endpoint.
        var (endpoints, known) = (all.Endpoints, found);
        if (known is null || !ReferenceEquals(known.Of, endpoints))
        {
            found = known = new(endpoints, endpoints.Where(endpoint => KeyOf(endpoint) is not null).ToLookup(endpoint => KeyOf(endpoint)!.Value));
        }

        return known.ByMethod[(origin, origin is ModelRepository && method is not null ? RepositoryDispatch.Method : method)];
    }

    private static (object Origin, string? Method)? KeyOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ModelOperation>() is { IsStream: false } own ? (own.Model.Served, own.Method)
        : endpoint.Metadata.GetMetadata<RepositoryOperation>() is { } shared ? (shared.Repository, shared.Method)
        : null;

    private sealed record Found(IReadOnlyList<Endpoint> Of, ILookup<(object Origin, string? Method), Endpoint> ByMethod);
}
