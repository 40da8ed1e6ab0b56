namespace Flama.Tests;

/// <summary>Finds the large collection of fixtures that may stand beside the checkout; the default tests do not need it.</summary>
internal static class SharedFixtures
{
    /// <summary>The folder, or null where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The full paths of the files below a folder of the collection, sorted; none without the collection.</summary>
    public static IEnumerable<string> List(string directory, string pattern)
    {
        var path = Root is null ? null : Path.Combine(Root, directory);
        return path is null || !Directory.Exists(path)
            ? []
            : Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
    }

    private static string? Find()
    {
        var repository = Fixtures.RepositoryPathOf();
        return new[] { Path.Combine(repository, "..", "shared", "fixtures"), Path.Combine(repository, "..", "..", "shared", "fixtures") }
            .Select(Path.GetFullPath)
            .FirstOrDefault(Directory.Exists);
    }
}
