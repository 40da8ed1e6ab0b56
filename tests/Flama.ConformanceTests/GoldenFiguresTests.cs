using System.Globalization;
using System.Text;

namespace Flama.ConformanceTests;

/// <summary>How many golden cases and answers there are, archive by archive, and how many of those answers are Python's.</summary>
public sealed class GoldenFiguresTests(ITestOutputHelper output)
{
    [Fact]
    public void Figures_OfEachArchive_AreWritten()
    {
        var table = new StringBuilder().AppendLine("| Archive | Cases | Answers asked | As Python's |").AppendLine("|---|---|---|---|");
        var (allCases, allAnswers, allSame) = (0, 0, 0);

        foreach (var version in SklearnCase.Versions)
        {
            var cases = SklearnCase.Names(version).Select(name => SklearnCase.Read(version, name)).ToArray();
            var answers = cases.SelectMany(GoldenModel.Compare).ToArray();
            var same = answers.Count(answer => answer.Difference is null);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {version} | {cases.Length} | {answers.Length} | {same} |");
            (allCases, allAnswers, allSame) = (allCases + cases.Length, allAnswers + answers.Length, allSame + same);
        }

        table.AppendLine(CultureInfo.InvariantCulture, $"| all | {allCases} | {allAnswers} | {allSame} |");
        output.WriteLine(table.ToString());
        Assert.Equal(allAnswers, allSame);
        Assert.NotEqual(0, allAnswers);
    }
}
