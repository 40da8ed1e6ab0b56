using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flama.Packaging.Reading;

namespace Flama.Packaging;

/// <summary>A file, or a directory, that came with the model. Thread-safe while its package is open.</summary>
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

    /// <summary>Whether it is a directory, which tar packages (Flama 1.1 to 1.11) can hold.</summary>
    public bool IsDirectory => entry.Files is not null;

    /// <summary>The paths of the files in a directory, with <c>/</c> between directories, sorted; none for a file.</summary>
    public IReadOnlyList<string> Files => entry.Files is null ? [] : [.. entry.Files.Keys];

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
    /// <exception cref="FlamaException">The content cannot be opened, or it is a directory (<see cref="ErrorCodes.FileUnreadable"/>).</exception>
    /// <exception cref="ObjectDisposedException">The package was disposed.</exception>
    public Stream OpenRead()
    {
        extraction.ThrowIfDisposed();
        return entry.Open?.Invoke() ?? throw new FlamaException(
            ErrorCodes.FileUnreadable,
            $"Artifact '{Name}' is a directory of {Files.Count} files.",
            $"Open one of its files, or extract all of them by {nameof(Path)}.");
    }

    /// <summary>Reads a JSON file.</summary>
    /// <returns>Its value, which stays after the package.</returns>
    /// <exception cref="FlamaException">It is not JSON (<see cref="ErrorCodes.MalformedJson"/>), or as for <see cref="OpenRead()"/>.</exception>
    public JsonElement ReadJson()
    {
        using var stream = OpenRead();
        try
        {
            using var document = JsonDocument.Parse(stream);
            return document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            throw NotJson(failure);
        }
    }

    /// <summary>Reads a JSON file into an object.</summary>
    /// <param name="type">How, from a source-generated context or <c>JsonSerializerOptions.GetTypeInfo</c>.</param>
    /// <exception cref="FlamaException">It is not JSON of the type (<see cref="ErrorCodes.MalformedJson"/>), or as for <see cref="OpenRead()"/>.</exception>
    public T? ReadJson<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        using var stream = OpenRead();
        try
        {
            return JsonSerializer.Deserialize(stream, type);
        }
        catch (JsonException failure)
        {
            throw NotJson(failure);
        }
    }

    /// <summary>Opens a file of a directory, decompressed while it is read.</summary>
    /// <param name="path">One of <see cref="Files"/>.</param>
    /// <returns>As for a file.</returns>
    /// <exception cref="FlamaException">There is no such file (<see cref="ErrorCodes.ArtifactNotFound"/>), or it cannot be opened.</exception>
    /// <exception cref="ObjectDisposedException">The package was disposed.</exception>
    public Stream OpenRead(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        extraction.ThrowIfDisposed();
        return entry.Files is { } files && files.TryGetValue(path, out var open)
            ? open()
            : throw new FlamaException(
                ErrorCodes.ArtifactNotFound, $"Artifact '{Name}' has no file '{ArtifactName.Display(path)}'.", "Its files are listed by Files.");
    }

    private FlamaException NotJson(JsonException failure) => new(
        ErrorCodes.MalformedJson, $"Artifact '{Name}' is not the JSON that is read of it: {failure.Message}", "Package the model with a file that is.", failure);
}
