using System.Text.Json;
using Flama.ConformanceTests.Tensors;
using Flama.Packaging;

namespace Flama.Torch.Tests;

/// <summary>Every golden case of PyTorch: the same arrays as the real library's, or a refusal that says why.</summary>
public sealed class TorchGoldenTests(ITestOutputHelper output)
{
    private const double LeastShare = 0.95;

    // What a refusal has to say: what the file is, or the operator and where.
    private static readonly KeyValuePair<string, string[]>[] RefusalWords =
    [
        new("neg-state-dict", ["state dict", "torch.jit.script"]),
        new("neg-optimizer-only", ["checkpoint", "torch.jit.script"]),
        new("neg-training-checkpoint", ["checkpoint", "torch.jit.script"]),
        new("neg-lightning-ckpt", ["Lightning", "torch.jit.script"]),
        new("neg-single-tensor", ["tensor", "torch.jit.script"]),
        new("neg-whole-module", ["module", "torch.jit.script"]),
        new("neg-lite-interpreter", ["lite", "torch.jit.script"]),
        new("neg-tar-legacy", ["tar", "torch.jit.script"]),
        new("neg-torchscript-1.0", ["1.0", "torch.jit.load"]),
        new("neg-aotinductor", ["AOTInductor", "torch.export.save"]),
        new("neg-safetensors", ["safetensors"]),
        new("bad-unknown-op", ["aten::liner", "line "]),
        new("bad-pt2-unknown-op", ["aten::", "(node "]),
        new("bad-version-99", ["version 99"]),
        new("bad-pt2-schema-99", ["version 99", "schema"]),
        new("bad-storage-short", ["damaged", "storage"]),
        new("bad-storage-missing", ["damaged", "data/0"]),
        new("bad-no-code", ["damaged", "code"]),
        new("bad-no-data-pkl", ["damaged", "data.pkl"]),
        new("bad-code-syntax", ["damaged", "line "]),
        new("bad-truncated", ["ends too early"]),
        new("bad-evil-global", ["os", "system"]),
        new("bad-pt2-truncated", ["ends too early"]),
        new("bad-pt2-json-cut", ["damaged", "JSON"]),
        new("bad-pt2-weights-missing", ["damaged", "data/weights/"]),
        new("bad-pt2-no-model-json", ["damaged", "models/model.json"]),
        new("dynamic-quantized", ["quantized", "line "]),
        new("quantize-per-tensor", ["quantize_per_tensor", "line "]),
        new("random-ops", ["aten::rand", "line "]),
    ];

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
            if (isToBeRefused)
            {
                // Where no shape is told, what cannot be lowered is seen at the first call.
                return TryFirst(model) is { } failure ? RefusalOf(golden, failure) : new($"it was loaded, and is to be refused: {golden.Refusal}", false);
            }

            return golden.Calls.Select(call => DifferenceOf(golden, model.GetMethod(ModelMethod.Predict), call)).FirstOrDefault(difference => difference is not null);
        }
        catch (FlamaException exception) when (isToBeRefused)
        {
            return RefusalOf(golden, exception);
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

    private static Result? RefusalOf(TensorCase golden, FlamaException failure)
    {
        // Others of these kinds are named by what their name begins with.
        var words = RefusalWords.FirstOrDefault(pair => golden.Name.StartsWith(pair.Key, StringComparison.Ordinal)).Value ?? [];
        return failure.Remedy is { Length: > 0 } && words.Length > 0 && Array.TrueForAll(words, word => $"{failure.Message} {failure.Remedy}".Contains(word, StringComparison.OrdinalIgnoreCase))
            ? null
            : new($"refused, but not for what it is ({string.Join(", ", words)}): {failure.Code}: {failure.Message} | {failure.Remedy}", false);
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
            using var inputs = TorchValues.InputsOf((TensorsSpec)method.Input, call);
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

    private static string? Compare(TensorCase golden, JsonElement call, ModelOutput answer)
    {
        TensorExpectation expectation = new(golden.RelativeTolerance, golden.AbsoluteTolerance);
        var expected = TorchValues.OutputsOf(call);
        if (expected.Count != answer.Count)
        {
            return $"{answer.Count} outputs, expected {expected.Count}";
        }

        for (var i = 0; i < expected.Count; i++)
        {
            using var wanted = expected[i];
            if (expectation.Compare(wanted, (ModelTensor)answer[i]) is { } difference)
            {
                return $"output {i}: {difference}";
            }
        }

        return null;
    }

    private sealed record Result(string Text, bool IsRefusal);
}
