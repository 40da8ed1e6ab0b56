using System.Reflection;

namespace Flama.Tests;

/// <summary>Finds the files under <c>tests/fixtures</c>.</summary>
internal static class Fixtures
{
    private static readonly string Root = typeof(Fixtures).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "FixturesDirectory").Value!;

    /// <summary>The full path of a fixture.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The full path of a file of the repository.</summary>
    public static string RepositoryPathOf(params string[] parts) => Path.Combine([Path.GetFullPath(Path.Combine(Root, "..", "..")), .. parts]);

    /// <summary>The fixtures of a directory that match a pattern, sorted by name, as paths below <c>tests/fixtures</c>.</summary>
    public static IEnumerable<string> List(string directory, string pattern, SearchOption option = SearchOption.TopDirectoryOnly) =>
        Directory.EnumerateFiles(PathOf(directory), pattern, option)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}
