using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The fenced blocks of the documents that users read.</summary>
internal static class DocumentBlocks
{
    /// <summary>README, the guides, and the page of each package, relative to the repository.</summary>
    public static IEnumerable<string> Documents
    {
        get
        {
            var root = Fixtures.RepositoryPathOf();
            string[] files =
            [
                Path.Combine(root, "README.md"),
                .. Directory.GetFiles(Path.Combine(root, "docs", "guide"), "*.md"),
                .. Directory.GetFiles(Path.Combine(root, "src"), "README.md", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }),
            ];
            return files.Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(root, file));
        }
    }

    /// <summary>The blocks of a language in a document; lines without the blanks around them, empty ones left out.</summary>
    /// <param name="document">Its path in the repository.</param>
    /// <param name="language">The word behind the fence; empty for a block without one.</param>
    public static IEnumerable<string[]> Of(string document, string language) => All(document)
        .Where(block => block.Language == language)
        .Select(block => block.Lines.Select(line => line.Trim()).Where(line => line.Length > 0).ToArray());

    /// <summary>All blocks of a document.</summary>
    /// <param name="document">Its path in the repository.</param>
    public static IEnumerable<DocumentBlock> All(string document)
    {
        List<string>? block = null;
        var language = "";
        foreach (var line in File.ReadLines(Fixtures.RepositoryPathOf(document)))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                block?.Add(line);
            }
            else if (block is null)
            {
                language = line[3..].Trim();
                block = [];
            }
            else
            {
                yield return new(language, block);
                block = null;
            }
        }
    }
}
