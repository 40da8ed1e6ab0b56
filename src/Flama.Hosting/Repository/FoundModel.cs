namespace Flama.Hosting.Repository;

/// <summary>A directory of a repository, as it was found.</summary>
/// <param name="Name">The model's name: that of the directory.</param>
/// <param name="Versions">What it holds, the newest first.</param>
/// <param name="Pins">What its <c>versions.json</c> says.</param>
/// <param name="Fault">What is wrong with it; null for nothing.</param>
internal sealed record FoundModel(string Name, IReadOnlyList<FoundVersion> Versions, VersionPins Pins, string? Fault);
