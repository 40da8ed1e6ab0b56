using Flama.Hosting.Reloading;

namespace Flama.Hosting.Repository;

/// <summary>A folder on a disk.</summary>
internal sealed class DiskFolder(string path) : IRepositoryFolder
{
    public string Name => Path.GetFileName(path);

    public IReadOnlyList<IRepositoryFolder> Folders => In(path);

    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(path).Where(IsShown).Select(file => Path.GetFileName(file))];

    public (VersionPins Pins, string? Fault) ReadPins() => VersionPins.Read(path);

    public FoundFile Take(string entry)
    {
        var found = Path.Combine(path, entry);
        return new(found, StateOf(found));
    }

    /// <summary>The folders of a directory, by name.</summary>
    public static IReadOnlyList<IRepositoryFolder> In(string directory) =>
        [.. Directory.EnumerateDirectories(directory).Where(IsShown).Order(StringComparer.Ordinal).Select(folder => new DiskFolder(folder))];

    private static bool IsShown(string path) => Path.GetFileName(path) is not ['.', ..];

    // A directory has no state that tells of its files; when one of them was last written does.
    private static FileState StateOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return FileState.Of(path);
        }

        long length = 0, written = 0;
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            length += file.Length;
            written = Math.Max(written, file.LastWriteTimeUtc.Ticks);
        }

        return new(length, written, 0);
    }
}
