namespace Flama.Tests;

/// <summary>Finds larger fixtures that several checkouts share: a folder <c>shared/fixtures</c> beside the checkout or one level above it. Where there is none, there is nothing to walk.</summary>
internal static class SharedFixtures
{
    private static readonly string? Root = Find();

    /// <summary>The full path of a shared fixture.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root ?? throw new InvalidOperationException("There are no shared fixtures."), .. parts]);

    /// <summary>The fixtures of a directory that match a pattern, sorted by name, as paths below the shared folder; none where it is absent.</summary>
    public static IEnumerable<string> List(string directory, string pattern) => Root is not null && Directory.Exists(PathOf(directory))
        ? Directory.EnumerateFiles(PathOf(directory), pattern)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
        : [];

    private static string? Find()
    {
        var checkout = Path.GetFullPath(Fixtures.RepositoryPathOf());
        string[] candidates = [Path.Combine(checkout, "..", "shared", "fixtures"), Path.Combine(checkout, "..", "..", "shared", "fixtures")];
        return Environment.GetEnvironmentVariable("FLAMA_SHARED_FIXTURES") ?? candidates.FirstOrDefault(Directory.Exists);
    }
}
