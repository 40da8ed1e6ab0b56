using System.Text.Json;
using Flama.Sklearn;

namespace Flama.ConformanceTests;

/// <summary>The model of a golden case, and how its answers compare with Python's.</summary>
internal static class GoldenModel
{
    /// <summary>Loads it.</summary>
    public static Model Load(SklearnCase golden) => new SklearnEngine().Load(Pickled.Source(golden.Name, golden.Model), LoadOptions.Default);

    /// <summary>Asks all that the case asks: one result for each method of each of its inputs, null where the answer is Python's.</summary>
    public static IEnumerable<(string Check, string? Difference)> Compare(SklearnCase golden)
    {
        var expectation = new Expectation(golden.RelativeTolerance, golden.AbsoluteTolerance);
        using var model = Load(golden);
        foreach (var check in golden.Checks)
        {
            using var input = CaseInput.Read(check.GetProperty("X"));
            foreach (var expected in check.GetProperty("expected").EnumerateObject())
            {
                yield return ($"{check.GetProperty("id").GetString()} {expected.Name}", Difference(model, expected.Name, input, expected.Value, expectation));
            }
        }
    }

    private static string? Difference(Model model, string method, FeatureBatch input, JsonElement expected, Expectation expectation)
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
