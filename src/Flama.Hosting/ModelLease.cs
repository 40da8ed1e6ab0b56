namespace Flama.Hosting;

/// <summary>The use of a model by one call: until it is disposed, once, the model is not.</summary>
public readonly struct ModelLease : IDisposable
{
    internal ModelLease(LoadedModel loaded) => Loaded = loaded;

    /// <summary>The model with its package.</summary>
    public LoadedModel Loaded { get; }

    /// <summary>The model.</summary>
    public Model Model => Loaded.Model;

    /// <summary>Ends the use.</summary>
    public void Dispose() => Loaded.Release();
}
