using System.Text.Json;
using Flama.Tests;

namespace Flama.Keras.Tests.Golden;

/// <summary>Packages of the real Flama with models of Keras.</summary>
public sealed class FlamaPackageTests
{
    [Theory]
    [InlineData("1.12.4-keras.zip")]
    [InlineData("2.2.2-keras.zip")]
    public void Packages_OfTheOriginal_AnswerAsThere(string archive)
    {
        using var cases = GoldenArchive.Open("flama", archive);
        Assert.SkipWhen(cases is null, "The shared folder is not there.");
        using KerasEngines engines = new();
        List<string> wrong = [];

        foreach (var name in cases!.Cases)
        {
            var golden = cases.Read(name);
            using TemporaryDirectory directory = new();
            using var package = cases.OpenModel(golden, directory.Root);
            using var model = engines.Table.Load(package.ReadModel());
            foreach (var check in golden.Checks)
            {
                if (Difference(model, check, golden) is { } difference)
                {
                    wrong.Add($"{name}: {difference}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string? Difference(Model model, JsonElement check, GoldenCase golden)
    {
        var spec = (TensorsSpec)model.GetMethod(ModelMethod.Predict).Input;
        using TensorInputs inputs = new(KeyValuePair.Create(spec.Tensors[0].Name, ReadArray(check.GetProperty("X"))));
        using var output = model.Predict(inputs);
        using var want = ReadArray(check.GetProperty("expected").GetProperty("predict"));
        return GoldenTensor.Difference((ModelTensor)output.First, want, golden.Absolute, golden.Relative);
    }

    private static ModelTensor ReadArray(JsonElement array)
    {
        List<float> numbers = [];
        Collect(array.GetProperty("data"), numbers);
        return ModelTensor.Of<float>([.. numbers], [.. array.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())]);
    }

    private static void Collect(JsonElement value, List<float> numbers)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Collect(item, numbers);
            }
        }
        else
        {
            numbers.Add((float)value.GetDouble());
        }
    }
}
