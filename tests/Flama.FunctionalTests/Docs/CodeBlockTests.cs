using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The C# of the documents is code that this repository compiles.</summary>
public sealed class CodeBlockTests
{
    private static readonly string[] Folders = ["samples", "eng/pack-check", "tests/Flama.Testing.Tests"];

    public static TheoryData<string> Documents => [.. DocumentBlocks.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Block_OfCSharp_IsCompiled(string document)
    {
        var sources = Sources();

        Assert.All(
            DocumentBlocks.Of(document, "csharp"),
            block => Assert.True(sources.Exists(source => Has(source, block)), $"No file of {string.Join(" and ", Folders)} has:\n{string.Join('\n', block)}"));
    }

    [Fact]
    public void Blocks_AreFound() =>
        Assert.InRange(DocumentBlocks.Documents.Sum(document => DocumentBlocks.Of(document, "csharp").Count()), 15, int.MaxValue);

    private static List<string[]> Sources() =>
    [
        .. Folders.SelectMany(folder => Directory.GetFiles(Fixtures.RepositoryPathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray()),
    ];

    // Directives stand at the head of a file, the rest in one piece below.
    private static bool Has(string[] source, string[] block)
    {
        var directives = block.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal)).ToArray();
        var rest = block[directives.Length..];
        return directives.All(source.Contains)
            && Enumerable.Range(0, Math.Max(0, source.Length - rest.Length + 1)).Any(start => source.AsSpan(start, rest.Length).SequenceEqual(rest));
    }
}
