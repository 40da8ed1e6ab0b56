namespace Flama.AspNetCore.Models;

/// <summary>A place of an application that serves a model: its URL and name stay, the model can be replaced while requests come in. Thread-safe.</summary>
/// <remarks>
/// A request takes the model that is there when it begins and ends with it. The one that was replaced is disposed after the last such request.
/// </remarks>
internal sealed class ServedModel : IDisposable
{
    private readonly Lock replacing = new();
    private ModelResource current;
    private bool isDisposed;

    /// <summary>Makes the place.</summary>
    /// <param name="first">The first model.</param>
    public ServedModel(ModelResource first) => current = first;

    /// <summary>The name, which is the tag of the endpoints.</summary>
    public string Name => current.Name;

    /// <summary>The path below the route builder, with a slash at both ends.</summary>
    public string Url => current.Url;

    /// <summary>Called with the new model before requests see it, with the other replacements of this place waiting.</summary>
    public Action<ModelResource>? Replacing { get; set; }

    /// <summary>Called when requests see the new model.</summary>
    public Action<ModelResource>? Replaced { get; set; }

    /// <summary>The model of this moment; dispose the lease when the request is done with it.</summary>
    /// <exception cref="ObjectDisposedException">The application has ended.</exception>
    public ModelLease Acquire()
    {
        while (true)
        {
            var resource = Volatile.Read(ref current);
            if (resource.TryRetain())
            {
                return new(resource);
            }

            // It was replaced between the two steps, or there will be no other.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref isDisposed), this);
        }
    }

    /// <summary>Puts another model in the place. No request fails for it; those at hand end with the model they have.</summary>
    /// <param name="model">The model, loaded.</param>
    /// <param name="artifactNames">The names of the files that came with the model; null or empty when there are none.</param>
    /// <param name="owner">What to dispose after the model's last request; null when somebody else disposes it. It is disposed if this fails.</param>
    /// <exception cref="ObjectDisposedException">The application has ended.</exception>
    public void Replace(Model model, IReadOnlyList<string>? artifactNames, IDisposable? owner)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelResource? next = null;
        try
        {
            lock (replacing)
            {
                ObjectDisposedException.ThrowIf(isDisposed, this);
                next = new ModelResource(Name, Url, model, artifactNames, owner);
                Replacing?.Invoke(next);
                var previous = Interlocked.Exchange(ref current, next);
                try
                {
                    Replaced?.Invoke(next);
                }
                finally
                {
                    previous.Release();
                }
            }
        }
        catch when (next is null || Volatile.Read(ref current) != next)
        {
            owner?.Dispose();
            throw;
        }
    }

    /// <summary>Gives the model up.</summary>
    public void Dispose()
    {
        lock (replacing)
        {
            if (!isDisposed)
            {
                Volatile.Write(ref isDisposed, true);
                current.Release();
            }
        }
    }
}
