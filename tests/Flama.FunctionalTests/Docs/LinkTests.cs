using System.Text.RegularExpressions;
using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>Links between documents lead somewhere, and every page is in the list of pages.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents
    {
        get
        {
            var root = Fixtures.RepositoryPathOf();
            string[] files =
            [
                .. Directory.GetFiles(root, "*.md"),
                .. Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories),
                .. Directory.GetFiles(Path.Combine(root, "samples"), "README.md", SearchOption.AllDirectories),
            ];
            return [.. files.Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(root, file))];
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Link_ToAFileAndAHeading_IsThere(string document)
    {
        var path = Fixtures.RepositoryPathOf(document);

        Assert.All(Links().Matches(File.ReadAllText(path)), link =>
        {
            var (file, heading) = (link.Groups["file"].Value, link.Groups["heading"].Value);
            var target = file.Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, file));
            Assert.True(File.Exists(target) || Directory.Exists(target), link.Value);
            Assert.True(heading.Length == 0 || HeadingsOf(target).Contains(heading, StringComparer.Ordinal), $"{link.Value}: there is no such heading.");
        });
    }

    [Fact]
    public void Pages_AreAllInTheList()
    {
        var list = File.ReadAllText(Fixtures.RepositoryPathOf("docs", "README.md"));

        Assert.All(
            Directory.GetFiles(Fixtures.RepositoryPathOf("docs"), "*.md", SearchOption.AllDirectories).Where(page => Path.GetFileName(page) != "README.md"),
            page => Assert.Contains($"]({Path.GetRelativePath(Fixtures.RepositoryPathOf("docs"), page).Replace('\\', '/')})", list, StringComparison.Ordinal));
    }

    // As GitHub names them.
    private static IEnumerable<string> HeadingsOf(string page) => File.ReadLines(page)
        .Where(line => line.StartsWith('#'))
        .Select(line => Spoken().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:|mailto:)(?<file>[^)#\s]*)(#(?<heading>[^)\s]*))?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Links();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spoken();
}
