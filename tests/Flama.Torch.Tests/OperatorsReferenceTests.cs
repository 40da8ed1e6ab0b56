using System.Text;
using Flama.Tests;
using Flama.Torch.Operators;

namespace Flama.Torch.Tests;

/// <summary>The page of operators says what the tables have.</summary>
public sealed class OperatorsReferenceTests
{
    [Fact]
    public void Page_OfOperators_IsWhatTheTablesHave()
    {
        var path = Fixtures.RepositoryPathOf("docs", "reference", "operators.md");

        var actual = Print();

        if (Environment.GetEnvironmentVariable("FLAMA_UPDATE_EXPECTATIONS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Print()
    {
        StringBuilder page = new();
        page.Append("# Operators of PyTorch\n\nPrograms of PyTorch may use these operators (`aten`), in every overload of theirs unless a call is refused with its reason. Those that end with `_` compute in place\n");
        page.Append("and are lowered as the ones without. Another operator is refused when the program is loaded or first called, with its name and the line of the code.\n\n");
        page.Append("Numbers, texts, lists and dicts of the program itself are computed as Python does.\n\n| Family | Operators |\n|---|---|\n");
        foreach (var family in OperatorTable.Default.Entries.GroupBy(entry => entry.Family).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var names = family.Where(entry => entry.Refusal is null).Select(entry => $"`{entry.Schema.Name}`").Distinct().Order(StringComparer.Ordinal);
            page.Append($"| {family.Key} | {string.Join(", ", names)} |\n");
        }

        page.Append("\n## Refused\n\n| Operator | Reason |\n|---|---|\n");
        foreach (var entry in OperatorTable.Default.Entries.Where(entry => entry.Refusal is not null).DistinctBy(entry => entry.Schema.Name).OrderBy(entry => entry.Schema.Name, StringComparer.Ordinal))
        {
            page.Append($"| `{entry.Schema.Name}` | {entry.Refusal} |\n");
        }

        return page.ToString();
    }
}
