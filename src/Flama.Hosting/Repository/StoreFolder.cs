using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Flama.Hosting.Reloading;
using Flama.Hosting.Sources;

namespace Flama.Hosting.Repository;

/// <summary>What a listing of a store has below a prefix that ends where a segment does.</summary>
internal sealed class StoreFolder(string name, ModelSources sources) : IRepositoryFolder
{
    // A model, a version and a file; what is deeper belongs to a model of several files.
    private const int MaxDepth = 4;

    private readonly SortedDictionary<string, StoreFolder> folders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StoredObject> files = new(StringComparer.Ordinal);
    private (VersionPins Pins, string? Fault) pins = (VersionPins.None, null);

    public string Name => name;

    public IReadOnlyList<IRepositoryFolder> Folders => [.. folders.Values];

    public IReadOnlyList<string> Files => [.. files.Keys];

    /// <summary>The folders as what they are.</summary>
    public IEnumerable<StoreFolder> Models => folders.Values;

    public (VersionPins Pins, string? Fault) ReadPins() => pins;

    public FoundFile? Take(string entry) => files.TryGetValue(entry, out var found) ? new(sources.PathOf(found.Location), StateOf(found), found) : null;

    /// <summary>Adds an object.</summary>
    /// <param name="path">Its name below this folder.</param>
    /// <param name="found">The object.</param>
    public void Add(string path, StoredObject found)
    {
        var segments = path.Split('/');
        if (segments.Length > MaxDepth || segments.Any(segment => segment is [] or ['.', ..]))
        {
            // Hidden, or the empty object that stands for a folder.
            return;
        }

        var folder = this;
        foreach (var segment in segments[..^1])
        {
            if (!folder.folders.TryGetValue(segment, out var next))
            {
                folder.folders.Add(segment, next = new StoreFolder(segment, sources));
            }

            folder = next;
        }

        folder.files[segments[^1]] = found;
    }

    /// <summary>Reads <c>versions.json</c>, which is downloaded when it has changed.</summary>
    public async Task PullPinsAsync(CancellationToken cancellationToken)
    {
        if (!files.TryGetValue(VersionPins.FileName, out var found))
        {
            return;
        }

        try
        {
            var pulled = await sources.PullAsync(found, cancellationToken);
            pins = VersionPins.Read(Path.GetDirectoryName(pulled.Path)!);
        }
        catch (FlamaException failure)
        {
            pins = (VersionPins.None, failure.Message);
        }
    }

    // What the store calls the version takes the place of times.
    private static FileState StateOf(StoredObject found)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(found.Version));
        return new(found.Length, BinaryPrimitives.ReadInt64LittleEndian(digest), BinaryPrimitives.ReadInt64LittleEndian(digest.AsSpan(8)));
    }
}
