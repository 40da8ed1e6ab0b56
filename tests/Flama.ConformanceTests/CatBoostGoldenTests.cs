using System.Globalization;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>Every golden case of CatBoost: the few of the repository, and all of the shared folder where it is present.</summary>
public sealed class CatBoostGoldenTests(ITestOutputHelper output)
{
    private static readonly string[] Archives =
    [
        .. from folder in (string[])["golden/catboost", "golden/catboost-by-name"]
           from path in Fixtures.List(folder, "*.zip")
           select path[..^".zip".Length],
        .. SharedFixtures.List("golden/catboost", "*.zip").Select(path => $"shared/{path}"),
    ];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var archive in Archives)
        {
            foreach (var name in SklearnCase.Names(archive))
            {
                cases.Add(archive, name);
            }
        }

        return cases;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Model_OfGoldenCase_AnswersAsCatBoost(string archive, string name)
    {
        var golden = SklearnCase.Read(archive, name);

        Assert.Null(Difference(golden));
    }

    [Fact]
    public void Figures_OfEachArchive_AreWritten()
    {
        foreach (var archive in Archives)
        {
            var cases = SklearnCase.Names(archive).Select(name => SklearnCase.Read(archive, name)).ToArray();
            var clean = cases.Count(golden => Difference(golden) is null);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{archive}: {clean} of {cases.Length}"));
            Assert.Equal(cases.Length, clean);
        }
    }

    /// <summary>How a case's answers differ from CatBoost's; null where they do not, and where a model is refused that must be.</summary>
    internal static string? Difference(SklearnCase golden)
    {
        if (golden.Name.StartsWith("text_", StringComparison.Ordinal) || golden.Name.StartsWith("embedding_", StringComparison.Ordinal))
        {
            var refused = Assert.Throws<FlamaException>(() => GoldenModel.Load(golden));
            return refused.Code == ErrorCodes.UnsupportedEstimator && refused.Message.Contains(golden.Name.Split('_')[0], StringComparison.Ordinal)
                ? null
                : $"{refused.Code}: {refused.Message}";
        }

        // A file does not tell that a model of a classifier's loss was trained as the class CatBoost, which predicts raw numbers.
        if (golden.Name is "plain_catboost_logloss_cbm" or "plain_catboost_logloss_json")
        {
            return CompareRaw(golden);
        }

        // JSON of 1.0.6 does not have the names of numbers, so that columns cannot go by name.
        var isNameless = golden.Name == "names_json" && golden.Meta.GetProperty("versions").GetProperty("catboost").GetString() == "1.0.6";
        var differences = GoldenModel.Compare(golden)
            .Where(result => result.Difference is not null && !(isNameless && result.Check.Contains("_by_name", StringComparison.Ordinal)))
            .Select(result => $"{result.Check}: {result.Difference}").ToArray();
        return differences.Length == 0 ? null : string.Join(Environment.NewLine, differences);
    }

    private static string? CompareRaw(SklearnCase golden)
    {
        using var model = GoldenModel.Load(golden);
        foreach (var check in golden.Checks)
        {
            using var input = CaseInput.Read(check.GetProperty("X"));
            using var actual = model.GetMethod("raw_formula_val").Invoke(input);
            if (new Expectation(golden.RelativeTolerance, golden.AbsoluteTolerance).Compare(check.GetProperty("expected").GetProperty("predict"), actual) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }
}
