namespace Flama.ConformanceTests;

/// <summary>Every golden case of the shared archives: the same answers, and errors where scikit-learn has errors.</summary>
public sealed class SharedGoldenTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var archive in SklearnCase.SharedArchives)
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
    public void Model_OfSharedCase_AnswersAsPython(string archive, string name)
    {
        var golden = SklearnCase.Read(archive, name);

        var differences = GoldenModel.Compare(golden).Where(result => result.Difference is not null).Select(result => $"{result.Check}: {result.Difference}").ToArray();

        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
    }
}
