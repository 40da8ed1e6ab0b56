using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Flama.AspNetCore.Models;

/// <summary>The places of one application that serve models, in the order they were mapped; disposes them with the application. Thread-safe.</summary>
/// <remarks>Tells the framework's description of endpoints when it has to look again.</remarks>
[SuppressMessage("Performance", "CA1812", Justification = "The container makes it.")]
internal sealed class ServedModels : IActionDescriptorChangeProvider, IDisposable
{
    private readonly Lock sync = new();
    private readonly List<Entry> entries = [];
    private readonly List<IDisposable> owned = [];
    private CancellationTokenSource described = new();
    private int version;

    /// <summary>The places.</summary>
    public IReadOnlyList<ServedModel> Models
    {
        get
        {
            lock (sync)
            {
                return [.. entries.Select(entry => entry.Model)];
            }
        }
    }

    /// <summary>Grows with every model that replaces another.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>Adds a place.</summary>
    /// <exception cref="FlamaException">The path is taken (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public void Add(IEndpointRouteBuilder endpoints, ServedModel model)
    {
        lock (sync)
        {
            var taken = entries.Find(entry =>
                entry.Endpoints == endpoints && string.Equals(entry.Model.Url, model.Url, StringComparison.OrdinalIgnoreCase));
            if (taken is not null)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"Models '{taken.Model.Name}' and '{model.Name}' are both mapped to '{model.Url}'.",
                    "Give each model a path of its own.");
            }

            entries.Add(new(endpoints, model));
            owned.Add(model);
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

    /// <summary>Notes that a model was replaced.</summary>
    /// <param name="hasOtherEndpoints">Whether its place has other endpoints now.</param>
    public void Note(bool hasOtherEndpoints)
    {
        if (hasOtherEndpoints)
        {
            CancellationTokenSource previous;
            lock (sync)
            {
                previous = described;
                described = new CancellationTokenSource();
            }

            previous.Cancel();
            previous.Dispose();
        }

        Interlocked.Increment(ref version);
    }

    /// <inheritdoc/>
    public IChangeToken GetChangeToken()
    {
        lock (sync)
        {
            return new CancellationChangeToken(described.Token);
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
            described.Dispose();
        }
    }

    private sealed record Entry(IEndpointRouteBuilder Endpoints, ServedModel Model);
}
