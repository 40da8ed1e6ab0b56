using Flama.Hosting.Reloading;
using Flama.Hosting.Sources;

namespace Flama.Hosting.Repository;

/// <summary>A version of a model, as it was found.</summary>
/// <param name="Name">The name of the version's directory; <see cref="Only"/> for a model without such.</param>
/// <param name="Path">The model's file, or the directory that is one model.</param>
/// <param name="State">What the file and its schema look like.</param>
internal sealed record FoundVersion(string Name, string Path, FileState State)
{
    /// <summary>The version of a model that stands in its directory itself.</summary>
    public const string Only = "1";

    /// <summary>Where its files come from, when they are in a store; empty when they are on this machine.</summary>
    public IReadOnlyList<StoredObject> Sources { get; init; } = [];

    /// <summary>The JSON Schema of its rows; null for the one that its package has, if any.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether the version has a directory, and with it a name of its own.</summary>
    public bool IsNamed { get; init; }
}
