namespace Flama.ConformanceTests;

/// <summary>Every golden case of every scikit-learn version: the same answers, and errors where scikit-learn has errors.</summary>
public sealed class SklearnConformanceTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var version in SklearnCase.Versions)
        {
            foreach (var name in SklearnCase.Names(version))
            {
                cases.Add(version, name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Model_OfGoldenCase_AnswersAsScikitLearn(string version, string name)
    {
        var golden = SklearnCase.Read(version, name);

        var differences = GoldenModel.Compare(golden).Where(result => result.Difference is not null).Select(result => $"{result.Check}: {result.Difference}").ToArray();

        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
    }
}
