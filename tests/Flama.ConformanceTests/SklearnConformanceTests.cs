using Flama.Sklearn;

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
        var expectation = new Expectation(golden.RelativeTolerance, golden.AbsoluteTolerance);

        using var model = new SklearnEngine().Load(new ModelSource(name, golden.Model));

        var differences = new List<string>();
        foreach (var check in golden.Checks)
        {
            using var input = CaseInput.Read(check.GetProperty("X"));
            foreach (var expected in check.GetProperty("expected").EnumerateObject())
            {
                var difference = Difference(model, expected.Name, input, expected.Value, expectation);
                if (difference is not null)
                {
                    differences.Add($"{check.GetProperty("id").GetString()} {expected.Name}: {difference}");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static string? Difference(
        Model model, string method, FeatureBatch input, System.Text.Json.JsonElement expected, Expectation expectation)
    {
        if (model.FindMethod(method) is not { } found)
        {
            return $"the model has no such method; it has {string.Join(", ", model.Methods.Select(one => one.Name))}";
        }

        var isError = expected.GetProperty("type").GetString() == "error";
        try
        {
            using var actual = found.Invoke(input);
            return isError ? $"answered, expected {expected.GetProperty("error").GetString()}" : expectation.Compare(expected, actual);
        }
        catch (FlamaException exception) when (isError && exception.Code == ErrorCodes.InvalidInput)
        {
            return null;
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }
}
