using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The walk of a request that ARCHITECTURE.md shows goes through files that exist, and not through many.</summary>
public sealed class RequestWalkTests
{
    private const int MostFiles = 20;

    [Fact]
    public void Walk_OfPredict_IsShortAndThere()
    {
        string[] files =
        [
            .. File.ReadLines(Fixtures.RepositoryPathOf("ARCHITECTURE.md"))
                .SkipWhile(line => !line.StartsWith("## One request", StringComparison.Ordinal)).Skip(1)
                .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
                .SelectMany(line => line.Split('`').Where(text => text.StartsWith("src/", StringComparison.Ordinal))),
        ];

        Assert.InRange(files.Length, 15, MostFiles);
        Assert.Equal(files.Length, files.Distinct(StringComparer.Ordinal).Count());
        Assert.All(files, file => Assert.True(File.Exists(Fixtures.RepositoryPathOf(file)), file));
    }
}
