namespace Flama.Hosting.Repository;

/// <summary>The use of a version of a model by one call: until it is disposed, once, the model is neither unloaded nor disposed.</summary>
public readonly struct RepositoryLease : IDisposable
{
    private readonly ModelLease lease;

    internal RepositoryLease(RepositoryVersion version)
    {
        Version = version;
        lease = version.Served.Acquire();
    }

    /// <summary>The version.</summary>
    public RepositoryVersion Version { get; }

    /// <summary>The model with its package.</summary>
    public LoadedModel Loaded => lease.Loaded;

    /// <summary>The model.</summary>
    public Model Model => lease.Model;

    /// <summary>Ends the use.</summary>
    public void Dispose()
    {
        lease.Dispose();
        Version.Leave();
    }
}
