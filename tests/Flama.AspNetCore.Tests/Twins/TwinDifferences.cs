using System.Globalization;

namespace Flama.Tests.Twins;

/// <summary>What twins of the original's programs answer otherwise, as <c>docs/reference/from-flama.md</c> lists it with the reasons.</summary>
internal sealed class TwinDifferences
{
    private const string Every = "every";

    private readonly Dictionary<(string Program, string Id), int> statuses;
    private readonly string program;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public TwinDifferences(string program)
    {
        this.program = program;
        statuses = File.ReadLines(Fixtures.RepositoryPathOf("docs", "reference", "from-flama.md"))
            .SkipWhile(line => line != "## Programs").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Program", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(
                cells => (cells[1], cells[2].Trim('`')),
                cells => int.Parse(cells[4].Split(' ', ',')[0], NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>What stands in the list for this program and was not looked up.</summary>
    public IEnumerable<string> Unused => statuses.Keys.Where(key => key.Program == program && !used.Contains(key.Id)).Select(key => key.Id);

    /// <summary>The status that is listed for an exchange; null where it is to be the original's.</summary>
    public int? Find(string id)
    {
        used.Add(id);
        return statuses.TryGetValue((program, id), out var own) || statuses.TryGetValue((Every, id), out own) ? own : null;
    }
}
