using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Models;

/// <summary>The models of one application, in the order they were mapped; disposes with the application what it opened for it. Thread-safe.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The container makes it.")]
internal sealed class ServedModels : IDisposable
{
    private readonly Lock sync = new();
    private readonly List<Entry> entries = [];
    private readonly List<IDisposable> owned = [];

    /// <summary>The models served now.</summary>
    public IReadOnlyList<ModelResource> Resources
    {
        get
        {
            lock (sync)
            {
                return [.. entries.Select(entry => entry.Resource)];
            }
        }
    }

    /// <summary>Adds a model.</summary>
    /// <exception cref="FlamaException">The path is taken (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public void Add(IEndpointRouteBuilder endpoints, ModelResource resource)
    {
        lock (sync)
        {
            var taken = entries.Find(entry =>
                entry.Endpoints == endpoints && string.Equals(entry.Resource.Url, resource.Url, StringComparison.OrdinalIgnoreCase));
            if (taken is not null)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"Models '{taken.Resource.Name}' and '{resource.Name}' are both mapped to '{resource.Url}'.",
                    "Give each model a path of its own.");
            }

            entries.Add(new(endpoints, resource));
        }
    }

    /// <summary>Disposes something with the application; what came last goes first.</summary>
    public void Own(IDisposable disposable)
    {
        lock (sync)
        {
            owned.Add(disposable);
        }
    }

    public void Dispose()
    {
        lock (sync)
        {
            for (var i = owned.Count - 1; i >= 0; i--)
            {
                owned[i].Dispose();
            }

            owned.Clear();
        }
    }

    private sealed record Entry(IEndpointRouteBuilder Endpoints, ModelResource Resource);
}
