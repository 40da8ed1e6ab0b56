using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Models;

/// <summary>The routes of one application that serve models, in the order they were mapped. Thread-safe.</summary>
internal sealed class ModelRoutes
{
    private readonly Lock sync = new();
    private readonly List<Entry> entries = [];
    private int version;

    /// <summary>The routes.</summary>
    public IReadOnlyList<ModelRoute> Models
    {
        get
        {
            lock (sync)
            {
                return [.. entries.Select(entry => entry.Route)];
            }
        }
    }

    /// <summary>Grows with every model that replaces another.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>Adds a route.</summary>
    /// <exception cref="FlamaException">The path is taken (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public void Add(IEndpointRouteBuilder endpoints, ModelRoute route)
    {
        lock (sync)
        {
            var taken = entries.Find(entry =>
                entry.Endpoints == endpoints && string.Equals(entry.Route.Url, route.Url, StringComparison.OrdinalIgnoreCase));
            if (taken is not null)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"Models '{taken.Route.Name}' and '{route.Name}' are both mapped to '{route.Url}'.",
                    "Give each model a path of its own.");
            }

            entries.Add(new(endpoints, route));
        }
    }

    /// <summary>Notes that a model was replaced.</summary>
    public void NoteReplacement() => Interlocked.Increment(ref version);

    private sealed record Entry(IEndpointRouteBuilder Endpoints, ModelRoute Route);
}
