using System.Collections.Concurrent;
using Flama.AspNetCore.Inspect;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Streaming;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Repository;

/// <summary>What answers the requests of one version of a model: the same as for a model with endpoints of its own. Thread-safe.</summary>
internal sealed class VersionRoutes(RepositoryVersion version, string url, HttpServices services)
{
    private readonly ConcurrentDictionary<string, RequestDelegate> methods = new(StringComparer.Ordinal);
    private RequestDelegate? lines;
    private RequestDelegate? socket;

    /// <summary>The version as a route, for documents.</summary>
    public ModelRoute Route { get; } = new(url, version.Model, version.Served);

    /// <summary>Shows the model's metadata.</summary>
    public Task InspectAsync(HttpContext context) => new InspectEndpoint(Route, services.Options.ModelHeaders, services.Flama.HidesInternals).HandleAsync(context);

    /// <summary>Answers a method; null when the model has no method of that name.</summary>
    public RequestDelegate? FindMethod(string name)
    {
        if (methods.TryGetValue(name, out var known))
        {
            return known;
        }

        using var lease = Route.Acquire();
        var all = lease.Model.Methods;
        var index = all.Count - 1;
        while (index >= 0 && !string.Equals(all[index].Name, name, StringComparison.Ordinal))
        {
            index--;
        }

        return index < 0 ? null : methods.GetOrAdd(name, new PredictEndpoint(Route, name, index, services.Flama.MaxDegreeOfParallelism, services.Predict).HandleAsync);
    }

    /// <summary>Answers lines of rows; null when the model does not predict.</summary>
    public RequestDelegate? FindLines() => Predicts() ? lines ??= new LineStream(Route, services.Streams).HandleAsync : null;

    /// <summary>Answers a WebSocket; null when the model does not predict.</summary>
    public RequestDelegate? FindSocket() => Predicts() ? socket ??= new SocketStream(Route, services.Streams).HandleAsync : null;

    private bool Predicts()
    {
        using var lease = Route.Acquire();
        return lease.Model.FindMethod(ModelMethod.Predict) is not null;
    }
}
