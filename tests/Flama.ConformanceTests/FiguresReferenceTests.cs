using System.Globalization;
using System.Text;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>The figures in the reference by library and version: cases of which every answer is Python's.</summary>
/// <remarks>
/// <c>eng/figures.sh</c> writes them anew, from all archives of the shared folder. Otherwise the rows of archives that are present are compared in their number of cases, and every
/// row is the sum of its parts.
/// </remarks>
public sealed class FiguresReferenceTests(ITestOutputHelper output)
{
    private const string Start = "<!-- figures: written by eng/figures.sh -->";
    private const string End = "<!-- end of figures -->";
    private const string Head = "| Library | Version | Cases | As Python | Not, with a reason |\n|---|---|---|---|---|\n";

    private static string PagePath => Fixtures.RepositoryPathOf("docs", "reference", "estimators.md");

    [Fact]
    public void Reference_Figures_AreThoseOfTheArchives()
    {
        var page = File.ReadAllText(PagePath);
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("FLAMA_WRITE_FIGURES") == "1")
        {
            Assert.NotEmpty(GoldenFigures.Archives);
            File.WriteAllText(PagePath, $"{page[..from]}\n{Table([.. GoldenFigures.Archives.Select(Count)])}\n{page[to..]}");
            return;
        }

        GoldenFigures[] rows = [.. page[from..to].Trim().Split('\n')[2..^1].Select(GoldenFigures.Parse)];

        Assert.Equal($"\n{Table(rows)}\n", page[from..to]);
        Assert.All(rows, row => Assert.Equal(row.Cases, row.Same + row.Excepted));
        Assert.All(GoldenFigures.Archives, archive => Assert.Contains(rows, row => GoldenFigures.Name(archive) == (row.Library, row.Version) && row.Cases == GoldenFigures.CasesOf(archive)));
    }

    private static string Table(GoldenFigures[] rows)
    {
        var text = new StringBuilder(Head);
        foreach (var row in rows)
        {
            text.Append(row).Append('\n');
        }

        return text.Append(new GoldenFigures("all", "", rows.Sum(row => row.Cases), rows.Sum(row => row.Same), rows.Sum(row => row.Excepted))).Append('\n').ToString();
    }

    private GoldenFigures Count(string archive)
    {
        var figures = GoldenFigures.Of(archive, difference => output.WriteLine(difference));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figures}"));
        return figures;
    }
}
