using Flama.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Flama.AspNetCore.Models;

/// <summary>The endpoints of one place, made anew when its model is replaced by one with other methods. Thread-safe.</summary>
internal sealed class ModelEndpoints : EndpointDataSource, IDisposable
{
    private readonly IEndpointRouteBuilder outer;
    private readonly Action<IEndpointRouteBuilder, LoadedModel> map;
    private readonly Lock sync = new();
    private IReadOnlyList<string> methods;
    private ICollection<EndpointDataSource> sources;
    private CancellationTokenSource changed = new();

    /// <summary>Makes the endpoints of the first model.</summary>
    /// <param name="outer">What the endpoints are mapped on.</param>
    /// <param name="map">Maps the endpoints of a model.</param>
    /// <param name="first">The model.</param>
    public ModelEndpoints(IEndpointRouteBuilder outer, Action<IEndpointRouteBuilder, LoadedModel> map, LoadedModel first)
    {
        this.outer = outer;
        this.map = map;
        methods = NamesOf(first);
        sources = Make(first);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints => [.. Volatile.Read(ref sources).SelectMany(source => source.Endpoints)];

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context) =>
        [.. Volatile.Read(ref sources).SelectMany(source => source.GetGroupedEndpoints(context))];

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken()
    {
        lock (sync)
        {
            return new CancellationChangeToken(changed.Token);
        }
    }

    /// <summary>Makes endpoints for another model if it has other methods.</summary>
    /// <returns>Whether there are new endpoints; routing learns of them from <see cref="Announce"/>.</returns>
    public bool Update(LoadedModel next)
    {
        var names = NamesOf(next);
        if (names.SequenceEqual(methods, StringComparer.Ordinal))
        {
            return false;
        }

        var made = Make(next);
        methods = names;
        Volatile.Write(ref sources, made);
        return true;
    }

    /// <summary>Tells routing that there are new endpoints; it knows them on return.</summary>
    public void Announce()
    {
        CancellationTokenSource previous;
        lock (sync)
        {
            previous = changed;
            changed = new CancellationTokenSource();
        }

        previous.Cancel();
        previous.Dispose();
    }

    public void Dispose() => changed.Dispose();

    private static string[] NamesOf(LoadedModel resource) => [.. resource.Model.Methods.Select(method => method.Name)];

    private ICollection<EndpointDataSource> Make(LoadedModel resource)
    {
        CollectedRoutes routes = new(outer);
        map(routes, resource);
        return routes.DataSources;
    }
}
