using Flama.Hosting.Reloading;
using Flama.Hosting.Sources;

namespace Flama.Hosting.Repository;

/// <summary>A file of a repository, or a directory that is one model.</summary>
/// <param name="Path">Where it is, or will be once it was downloaded.</param>
/// <param name="State">What it looks like.</param>
/// <param name="Source">Where it comes from, when it is in a store; null when it is on this machine.</param>
internal sealed record FoundFile(string Path, FileState State, StoredObject? Source = null);
