using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>Every golden case of every XGBoost and LightGBM: a representative few of each version in the repository, all where the shared fixtures are present.</summary>
public sealed class BoosterGoldenTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var archive in Archives())
        {
            foreach (var name in SklearnCase.Names(archive))
            {
                cases.Add(archive, name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Model_OfGoldenCase_AnswersAsItsLibrary(string archive, string name)
    {
        var golden = SklearnCase.Read(archive, name);

        var differences = GoldenModel.Compare(golden).Where(result => result.Difference is not null).Select(result => $"{result.Check}: {result.Difference}").ToArray();

        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
    }

    private static IEnumerable<string> Archives() => new[] { "golden/xgboost", "golden/lightgbm" }
        .SelectMany(folder => Fixtures.List(folder, "*.zip").Concat(SharedFixtures.List(folder, "*.zip").Select(path => $"{SklearnCase.Shared}{path}")))
        .Select(path => path[..^".zip".Length]);
}
