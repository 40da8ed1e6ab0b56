using System.Text;
using Flama.Pickle;
using Flama.Sklearn;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>The table of estimators in the reference is what the catalog has and what the goldens checked.</summary>
/// <remarks>Set <c>FLAMA_UPDATE_EXPECTATIONS=1</c> to write the table anew; the text before it and the notes after it are kept.</remarks>
public sealed class EstimatorReferenceTests
{
    private const string Start = "<!-- table: written and compared by EstimatorReferenceTests -->";
    private const string End = "<!-- end of table -->";

    private static string PagePath => Fixtures.RepositoryPathOf("docs", "reference", "estimators.md");

    [Fact]
    public void Reference_Table_IsTheCatalog()
    {
        var page = File.ReadAllText(PagePath);
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf(End, StringComparison.Ordinal));

        var table = $"\n{Table()}\n";

        if (Environment.GetEnvironmentVariable("FLAMA_UPDATE_EXPECTATIONS") == "1")
        {
            File.WriteAllText(PagePath, page[..from] + table + page[to..]);
            return;
        }

        Assert.Equal(page[from..to], table);
    }

    private static string Table()
    {
        var seen = SeenEstimators.All;
        var text = new StringBuilder("| Class | Module | Methods | Checked against goldens of |\n|---|---|---|---|\n");
        foreach (var entry in EstimatorCatalog.Entries.OrderBy(entry => entry.Modules[0], StringComparer.Ordinal).ThenBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var methods = new SortedSet<Method>();
            var versions = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var module in entry.Modules)
            {
                if (seen.TryGetValue(new GlobalName(module, entry.Name), out var found))
                {
                    methods.UnionWith(found.Methods);
                    versions.UnionWith(found.Versions);
                }
            }

            var names = methods.Count == 0 ? "" : string.Join(", ", methods.Select(method => $"`{MethodNames.NameOf(method)}`"));
            text.Append($"| {entry.Name} | {entry.Modules[0]} | {names} | {string.Join(", ", versions)} |\n");
        }

        return text.ToString();
    }
}
