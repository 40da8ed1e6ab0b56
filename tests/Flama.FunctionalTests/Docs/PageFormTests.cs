using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>Every page begins with its title, and its rows stand in tables: what a merge leaves elsewhere is seen.</summary>
public sealed class PageFormTests
{
    public static TheoryData<string> Pages =>
    [
        .. DocumentBlocks.Documents.Concat(Directory.GetFiles(Fixtures.RepositoryPathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Fixtures.RepositoryPathOf(), file))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_BeginsWithItsTitle(string page) =>
        Assert.StartsWith("# ", File.ReadLines(Fixtures.RepositoryPathOf(page)).First(), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Rows_StandBelowTheHeadOfATable(string page)
    {
        string[] lines = ["", .. File.ReadLines(Fixtures.RepositoryPathOf(page)), ""];

        Assert.All(
            Enumerable.Range(1, lines.Length - 2).Where(line => IsRow(lines[line]) && !IsRow(lines[line - 1])),
            line => Assert.True(lines[line + 1].StartsWith("|--", StringComparison.Ordinal) || lines[line + 1].StartsWith("| --", StringComparison.Ordinal), $"line {line}: {lines[line]}"));
    }

    private static bool IsRow(string line) => line.StartsWith('|');
}
