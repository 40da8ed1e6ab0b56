using System.Text.RegularExpressions;
using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Docs;

/// <summary>The page of options lists what the parser knows, no more and no less, and its tests exist.</summary>
public sealed partial class OptionsPageTests
{
    private static string Root => Flama.Tests.Fixtures.PathOf("..", "..");

    private static List<string[]> Rows => [.. File.ReadLines(Path.Combine(Root, "docs", "reference", "options.md"))
        .Where(line => line.StartsWith('|') && !line.StartsWith("|--", StringComparison.Ordinal) && !line.StartsWith("| Original", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|')).Where(row => row.Length == 4)];

    [Fact]
    public void Page_ListsTheOptionsOfTheParser()
    {
        var known = Settings(new ProgramCommand())
            .SelectMany(setting => setting.Names)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        var listed = Rows
            .SelectMany(row => OptionPattern().Matches(row[1]).Select(match => match.Groups["option"].Value))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        Assert.Equal(known, listed);
    }

    [Fact]
    public void Page_NamesTestsThatExist()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(Rows, row => Assert.Contains(row[3].Trim(), tests));
    }

    private static IEnumerable<Setting> Settings(ProgramCommand program) => program.AllSettings.Concat(program.Commands.SelectMany(command => command.AllSettings));

    [GeneratedRegex("`(?<option>--?[a-z0-9-]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OptionPattern();
}
