using System.Text.Json;
using Flama.Packaging;

namespace Flama.ConformanceTests;

/// <summary>The model of a golden case, and how its answers compare with Python's.</summary>
internal static class GoldenModel
{
    /// <summary>Loads it.</summary>
    public static Model Load(SklearnCase golden)
    {
        if (golden.IsPickle)
        {
            return Engines.Load(Pickled.Source(golden), OptionsOf(golden));
        }

        using var package = ModelPackage.Open(golden.Model, golden.Name);
        return Engines.Load(package.ReadModel());
    }

    // Which model of several the case means: its note says.
    private static LoadOptions OptionsOf(SklearnCase golden) => golden.Name switch
    {
        "dict_of_estimators" => new() { ModelKey = "churn" },
        "tuple_model_scaler" => new() { ModelKey = "0" },
        _ => LoadOptions.Default,
    };

    /// <summary>Asks all that the case asks: one result for each method of each of its inputs, null where the answer is Python's.</summary>
    public static IEnumerable<(string Check, string? Difference)> Compare(SklearnCase golden)
    {
        var expectation = new Expectation(golden.RelativeTolerance, golden.AbsoluteTolerance);
        using var model = Load(golden);
        foreach (var check in golden.Checks)
        {
            using var read = CaseInput.Read(check.GetProperty("X"));
            using var ordered = InOrder(check, read, model);
            var input = ordered ?? read;
            foreach (var expected in check.GetProperty("expected").EnumerateObject())
            {
                // scikit-learn 1.0 and 1.1 warn about wrong column names and go on by position; here they are refused as later versions do.
                var id = check.GetProperty("id").GetString()!;
                var mayRefuse = id.StartsWith("err_", StringComparison.Ordinal);
                yield return ($"{id} {expected.Name}", Difference(model, expected.Name, input, expected.Value, expectation, mayRefuse));
            }
        }
    }

    // Rows whose columns the case hands over by name, as readers of rows by name arrange them.
    private static FeatureBatch? InOrder(JsonElement check, FeatureBatch read, Model model)
    {
        var id = check.GetProperty("id").GetString()!;
        if (!id.EndsWith("_by_name", StringComparison.Ordinal) || model.Methods[0].Input is not TableSpec { HasNames: true } spec)
        {
            return null;
        }

        string[] names = [.. spec.Features.Select(feature => feature.Name!)];
        var batch = FeatureBatch.RentEmpty(names.Length, read.Rows, names);
        for (var row = 0; row < read.Rows; row++)
        {
            batch.AddRow();
            for (var column = 0; column < names.Length; column++)
            {
                batch.SetNumber(row, column, read.Row(row)[read.ColumnNames!.ToList().IndexOf(names[column])]);
            }
        }

        return batch;
    }

    private static string? Difference(Model model, string method, FeatureBatch input, JsonElement expected, Expectation expectation, bool mayRefuse)
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
        catch (FlamaException exception) when ((isError || mayRefuse) && exception.Code == ErrorCodes.InvalidInput)
        {
            return null;
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }
}
