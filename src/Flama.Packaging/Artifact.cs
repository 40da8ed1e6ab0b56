using Flama.Packaging.Reading;

namespace Flama.Packaging;

/// <summary>A file that came with the model. Thread-safe while its package is open.</summary>
public sealed class Artifact
{
    private readonly ArtifactEntry entry;
    private readonly ArtifactExtraction extraction;
    private readonly int index;

    internal Artifact(ArtifactEntry entry, ArtifactExtraction extraction, int index)
    {
        this.entry = entry;
        this.extraction = extraction;
        this.index = index;
    }

    /// <summary>The name: a plain file name on every system.</summary>
    public string Name => entry.Name;

    /// <summary>
    /// The path of an extracted copy. The first call extracts it into a directory that only this user can read and that goes away with the
    /// package; later calls return the same path.
    /// </summary>
    /// <exception cref="FlamaException">The content is damaged or too large, or the temporary directory cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The package was disposed.</exception>
    public string Path => extraction.PathOf(this, index);

    /// <summary>Opens the content, decompressed while it is read.</summary>
    /// <returns>A forward-only stream of its own position; the caller disposes it, before the package. Its reads throw
    /// <see cref="FlamaException"/> when the content is damaged or larger than <see cref="PackageLimits.MaxArtifactBytes"/>.</returns>
    /// <exception cref="FlamaException">The content cannot be opened.</exception>
    /// <exception cref="ObjectDisposedException">The package was disposed.</exception>
    public Stream OpenRead()
    {
        extraction.ThrowIfDisposed();
        return entry.Open();
    }
}
