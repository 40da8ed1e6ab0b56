namespace Flama.Tests;

/// <summary>Finds the files of the shared folder, which lies beside the checkout or one level above; a clean clone has none.</summary>
internal static class SharedFixtures
{
    private static readonly string? Root = Find();

    /// <summary>The full path of a shared fixture; null when the folder or the fixture is not there.</summary>
    public static string? PathOf(params string[] parts) =>
        Root is not null && Path.Combine([Root, .. parts]) is var path && (File.Exists(path) || Directory.Exists(path)) ? path : null;

    /// <summary>The fixtures of a shared directory that match a pattern, sorted by name, as paths below the shared fixtures; none when it is not there.</summary>
    public static IEnumerable<string> List(string directory, string pattern, SearchOption option = SearchOption.TopDirectoryOnly) =>
        PathOf(directory) is { } path
            ? Directory.EnumerateFiles(path, pattern, option).Select(file => Path.GetRelativePath(Root!, file).Replace('\\', '/')).Order(StringComparer.Ordinal)
            : [];

    private static string? Find()
    {
        var checkout = Fixtures.RepositoryPathOf();
        string[] candidates = [Path.Combine(checkout, "..", "shared", "fixtures"), Path.Combine(checkout, "..", "..", "shared", "fixtures")];
        return candidates.Select(Path.GetFullPath).FirstOrDefault(Directory.Exists);
    }
}
