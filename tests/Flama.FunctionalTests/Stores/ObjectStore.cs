namespace Flama.FunctionalTests.Stores;

/// <summary>A store of objects for the tests of a class: a server of its own with one empty bucket.</summary>
public abstract class ObjectStore : IAsyncLifetime
{
    /// <summary>The name of the bucket.</summary>
    protected const string Bucket = "models";

    /// <summary>The port of the server.</summary>
    public int Port { get; protected set; }

    /// <summary>Why there is no server; null when there is one.</summary>
    public string? Absence { get; private protected set; }

    /// <summary>What stands in logs or messages only by mistake; null for nothing.</summary>
    public virtual string? Secret => null;

    /// <summary>The scheme of its locations.</summary>
    protected abstract string Scheme { get; }

    /// <summary>The variables by which the vendor's tools find the server at a port.</summary>
    public abstract Dictionary<string, string> Variables(int port);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Writes an object.</summary>
    public abstract Task PutAsync(string name, byte[] content);

    /// <summary>The location of an object or a prefix.</summary>
    public string LocationOf(string name) => $"{Scheme}://{Bucket}/{name}";
}
