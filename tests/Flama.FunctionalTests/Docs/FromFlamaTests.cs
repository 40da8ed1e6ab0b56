using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The table of what the Python original offers: nothing is left out, and every example is code that this repository compiles.</summary>
public sealed class FromFlamaTests
{
    private static readonly Dictionary<string, List<string[]>> Sections = Read();

    public static TheoryData<string> Folders => [.. Names().Select(folder => folder.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Table_OfAFolder_HasEveryPublicName(string folder)
    {
        var shown = Sections.Where(section => section.Key.Split(", ").Contains(folder)).SelectMany(section => section.Value).SelectMany(cells => Quoted(cells[1])).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Names().Single(names => names.Folder == folder).All, name => !shown.Contains(name));
    }

    [Fact]
    public void Examples_AreCompiled()
    {
        var lines = new[] { "samples", "tests/Flama.Testing.Tests" }
            .SelectMany(folder => Directory.GetFiles(Fixtures.RepositoryPathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).SelectMany(File.ReadLines).ToList();

        Assert.All(
            Sections.SelectMany(section => section.Value),
            cells => Assert.True(
                cells[3] == "—" || lines.Exists(line => line.Contains(cells[3].Trim('`'), StringComparison.Ordinal)), $"No file of samples has the example of {cells[1]}: {cells[3]}"));
    }

    // The names that the original's modules list as public, with what 2.2 added to them.
    private static IEnumerable<(string Folder, string[] All)> Names() =>
        File.ReadLines(Fixtures.PathOf("http", "flama-2.2", "names.txt")).Select(line => line.Split(": ")).Select(parts => (parts[0], parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static Dictionary<string, List<string[]>> Read()
    {
        Dictionary<string, List<string[]>> sections = new(StringComparer.Ordinal);
        var section = "";
        foreach (var line in File.ReadLines(Fixtures.RepositoryPathOf("docs", "reference", "from-flama.md")).TakeWhile(line => line != "## Programs"))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                sections[section = line[4..]] = [];
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                sections[section].Add([.. line.Replace(@"\|", "\0", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries).Select(cell => cell.Replace('\0', '|'))]);
            }
        }

        return sections;
    }

    private static IEnumerable<string> Quoted(string cell) => cell.Split('`').Where((_, place) => place % 2 == 1);
}
