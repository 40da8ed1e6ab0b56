namespace Flama.Packaging.Reading;

/// <summary>An artifact as a container lists it.</summary>
/// <param name="Name">A checked name.</param>
/// <param name="Open">Opens the content, bounded, its errors translated; null for a directory.</param>
internal sealed record ArtifactEntry(string Name, Func<Stream>? Open)
{
    /// <summary>The files of a directory, by their path in it, sorted; null for a file.</summary>
    public SortedDictionary<string, Func<Stream>>? Files { get; init; }
}
