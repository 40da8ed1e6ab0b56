using System.Text.Json;
using Flama.ConformanceTests;
using Flama.ConformanceTests.Tensors;
using Flama.Packaging;

namespace Flama.Torch.Tests;

/// <summary>Every golden case of PyTorch: the same arrays as the real library's, or a refusal that says why.</summary>
public sealed class TorchGoldenTests(ITestOutputHelper output)
{
    private const double LeastShare = 0.95;

    public static TheoryData<string> Archives() => [.. TensorCase.Archives("torch")];

    [Theory]
    [MemberData(nameof(Archives))]
    public void Archive_OfTorch_AnswersAsPyTorch(string archive)
    {
        var cases = TensorCase.ReadAll(archive);
        List<string> wrong = [];
        List<string> refused = [];

        foreach (var golden in cases)
        {
            switch (ResultOf(golden))
            {
                case { IsRefusal: true } result:
                    refused.Add($"{golden.Name}: {result.Text}");
                    break;
                case { } result:
                    wrong.Add($"{golden.Name}: {result.Text}");
                    break;
            }
        }

        output.WriteLine($"{archive}: {cases.Count - wrong.Count - refused.Count} of {cases.Count}");
        refused.ForEach(output.WriteLine);
        if (Environment.GetEnvironmentVariable("FLAMA_TORCH_REPORT") is { Length: > 0 } report)
        {
            File.AppendAllLines(report, [$"== {archive}: {cases.Count - wrong.Count - refused.Count} of {cases.Count}, refused {refused.Count}, wrong {wrong.Count}", .. wrong, "-- refused", .. refused]);
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Prepend($"{wrong.Count} wrong of {cases.Count}")));
        Assert.True(cases.Count - refused.Count >= LeastShare * cases.Count, string.Join(Environment.NewLine, refused));
    }

    private static Result? ResultOf(TensorCase golden)
    {
        var isToBeRefused = golden.Meta.GetProperty("format").GetString() is "not-a-program" or "damaged" || golden.Refusal is not null;
        try
        {
            var file = golden.Meta.GetProperty("file").GetString()!;
            using var package = ModelPackage.Open(golden.Files[file], file);
            using var model = new ModelEngines().AddTorch().Load(package.ReadModel());
            if (isToBeRefused && golden.Refusal is { } refusal)
            {
                // Where no shape is told, what cannot be lowered is seen at the first call.
                return TryFirst(model) is { } failure ? null : new($"it was loaded, and is to be refused: {refusal}", false);
            }

            return golden.Calls.Select(call => DifferenceOf(golden, model.GetMethod(ModelMethod.Predict), call)).FirstOrDefault(difference => difference is not null);
        }
        catch (FlamaException) when (isToBeRefused)
        {
            return null;
        }
        catch (FlamaException exception)
        {
            return new($"{exception.Code}: {exception.Message}", exception.Code == ErrorCodes.UnsupportedEstimator);
        }
        catch (Exception exception) when (exception is not FlamaException)
        {
            return new($"FAILED {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n')[0]}", false);
        }
    }

    private static FlamaException? TryFirst(Model model)
    {
        try
        {
            var spec = (TensorsSpec)model.GetMethod(ModelMethod.Predict).Input;
            using TensorInputs inputs = new([.. spec.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, ModelTensor.Rent(tensor.Type, 2, 4)))]);
            using var answer = model.GetMethod(ModelMethod.Predict).Invoke(inputs);
            return null;
        }
        catch (FlamaException exception)
        {
            return exception;
        }
    }

    private static Result? DifferenceOf(TensorCase golden, ModelMethod method, JsonElement call)
    {
        var isError = call.TryGetProperty("error", out _);
        try
        {
            using var inputs = InputsOf((TensorsSpec)method.Input, call);
            using var answer = method.Invoke(inputs);
            return isError ? new($"{call.GetProperty("id")}: answered, and is to be refused", false)
                : Compare(golden, call, answer) is { } difference ? new($"{call.GetProperty("id")}: {difference}", false) : null;
        }
        catch (FlamaException exception)
        {
            return isError && exception.Code == ErrorCodes.InvalidInput ? null : new($"{call.GetProperty("id")}: {exception.Code}: {exception.Message}", exception.Code == ErrorCodes.UnsupportedEstimator);
        }
        catch (Exception exception) when (exception is not FlamaException)
        {
            return new($"FAILED {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n')[0]}", false);
        }
    }

    private static TensorInputs InputsOf(TensorsSpec spec, JsonElement call)
    {
        List<JsonElement> leaves = [.. call.GetProperty("inputs").EnumerateArray().SelectMany(Flatten)];
        List<KeyValuePair<string, ModelArray>> arrays = [];
        for (var i = 0; i < leaves.Count && i < spec.Tensors.Count; i++)
        {
            if (ArrayOf(leaves[i]) is { } array)
            {
                arrays.Add(new(spec.Tensors[i].Name, array));
            }
        }

        return TensorInputs.OfArrays(arrays);
    }

    private static string? Compare(TensorCase golden, JsonElement call, ModelOutput answer)
    {
        TensorExpectation expectation = new(golden.RelativeTolerance, golden.AbsoluteTolerance);
        List<JsonElement> expected = [.. call.GetProperty("outputs").EnumerateArray().SelectMany(Flatten).Where(value => value.GetProperty("type").GetString() != "none")];
        if (expected.Count != answer.Count)
        {
            return $"{answer.Count} outputs, expected {expected.Count}";
        }

        for (var i = 0; i < expected.Count; i++)
        {
            using var wanted = ArrayOf(expected[i])!;
            if (expectation.Compare(wanted, (ModelTensor)answer[i]) is { } difference)
            {
                return $"output {i}: {difference}";
            }
        }

        return null;
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement value) => value.GetProperty("type").GetString() switch
    {
        "tuple" or "list" when value.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("type").GetString() == "str") => [value],
        "tuple" or "list" => value.GetProperty("items").EnumerateArray().SelectMany(Flatten),
        "dict" => value.GetProperty("items").EnumerateObject().SelectMany(pair => Flatten(pair.Value)),
        _ => [value],
    };

    private static ModelTensor? ArrayOf(JsonElement value)
    {
        switch (value.GetProperty("type").GetString())
        {
            case "none":
                return null;
            case "int":
                return ModelTensor.Of<long>([value.GetProperty("data").GetInt64()], []).Reshape([]);
            case "float":
                return ModelTensor.Of<double>([CaseInput.Number(value.GetProperty("data"))], []).Reshape([]);
            case "bool":
                return ModelTensor.Of<bool>([value.GetProperty("data").GetBoolean()], []).Reshape([]);
            case "str":
                return ModelTensor.OfTexts([value.GetProperty("data").GetString()], []).Reshape([]);
            case "list":
                return ModelTensor.OfTexts([.. value.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("data").GetString())]);
            default:
                return value.TryGetProperty("dtype_of_b64", out _) ? BFloat16(value) : TensorValues.ReadTensor(value);
        }
    }

    private static ModelTensor BFloat16(JsonElement value)
    {
        var bytes = value.GetProperty("b64").GetBytesFromBase64();
        var made = ModelTensor.Rent(ElementType.BFloat16, [.. value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())]);
        var target = made.WritableElements<ushort>();
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = (ushort)(BitConverter.ToUInt32(bytes, i * 4) >> 16);
        }

        return made;
    }

    private sealed record Result(string Text, bool IsRefusal);
}
