using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The endpoints of an application as Flama's document shows them: those of models too, which are left out of the application's own documents.</summary>
internal sealed class DescribedEndpoints(EndpointDataSource all, IEnumerable<Endpoint> others, bool onlyModels) : EndpointDataSource
{
    public override IReadOnlyList<Endpoint> Endpoints { get; } =
    [
        .. all.Endpoints
            .Where(endpoint => !onlyModels || endpoint.Metadata.GetMetadata<ModelOperation>() is not null)
            .Select(Show),
        .. others.Where(endpoint => endpoint.Metadata.GetMetadata<ModelOperation>() is not null).Select(Show),
    ];

    public override IChangeToken GetChangeToken() => all.GetChangeToken();

    private static Endpoint Show(Endpoint endpoint) =>
        endpoint is RouteEndpoint route && route.Metadata.GetMetadata<ModelOperation>() is not null
            ? new RouteEndpoint(
                route.RequestDelegate!,
                route.RoutePattern,
                route.Order,
                new EndpointMetadataCollection(route.Metadata.Where(item => item is not IExcludeFromDescriptionMetadata)),
                route.DisplayName)
            : endpoint;
}
