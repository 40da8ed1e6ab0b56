using Flama.Hosting.Reloading;
using Flama.Hosting.Sources;

namespace Flama.Hosting.Repository;

/// <summary>A version of a model, as it was found.</summary>
/// <param name="Name">The name of the version's directory; <see cref="Only"/> for a model without such.</param>
/// <param name="Path">The model's file, or the directory that is one model.</param>
/// <param name="State">What the file looks like.</param>
internal sealed record FoundVersion(string Name, string Path, FileState State)
{
    /// <summary>The version of a model that stands in its directory itself.</summary>
    public const string Only = "1";

    /// <summary>Where the file comes from, when it is in a store; null when it is on this machine.</summary>
    public StoredObject? Source { get; init; }

    /// <summary>Whether the version has a directory, and with it a name of its own.</summary>
    public bool IsNamed { get; init; }
}
