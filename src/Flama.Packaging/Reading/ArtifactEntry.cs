namespace Flama.Packaging.Reading;

/// <summary>An artifact as a container lists it.</summary>
/// <param name="Name">A checked name.</param>
/// <param name="Open">Opens the content, bounded, its errors translated.</param>
internal sealed record ArtifactEntry(string Name, Func<Stream> Open);
