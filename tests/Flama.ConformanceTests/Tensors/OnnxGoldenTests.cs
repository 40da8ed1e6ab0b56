using System.Text.Json;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Every golden case of ONNX: the same arrays as the real runtime's.</summary>
public sealed class OnnxGoldenTests(ITestOutputHelper output)
{
    /// <summary>Cases that are not answered, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["refuse-random"] = "numbers drawn anew are what the graph is for: answered, and documented",
        ["quant-qoperator-torcattention-own-causal"] = "one step of quantization apart: bytes are multiplied with and without saturation, by processor; optional in the case itself",
        ["dtype-bfloat16"] = "ONNX Runtime has kernels of bfloat16 for few operators: refused, naming the first",
    };

    public static TheoryData<string> Archives() => [.. TensorCase.Archives("onnx")];

    [Theory]
    [MemberData(nameof(Archives))]
    public void Archive_OfOnnx_AnswersAsTheRuntime(string archive)
    {
        var cases = TensorCase.ReadAll(archive);
        List<string> wrong = [];

        foreach (var golden in cases)
        {
            if (DifferenceOf(golden) is { } difference && !Exceptions.ContainsKey(golden.Name))
            {
                wrong.Add($"{golden.Name}: {difference}");
            }
        }

        output.WriteLine($"{archive}: {cases.Count - wrong.Count} of {cases.Count}");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Prepend($"{wrong.Count} wrong of {cases.Count}")));
    }

    private static string? DifferenceOf(TensorCase golden)
    {
        try
        {
            using var model = Engines.Load(golden.ToSource(ModelFormats.Onnx));
            return golden.Refusal is { } refusal and not "optional"
                ? $"it was loaded, and is to be refused: {refusal}"
                : golden.Calls.Select(call => DifferenceOf(golden, model, call)).FirstOrDefault(difference => difference is not null);
        }
        catch (FlamaException) when (golden.Refusal is not null)
        {
            return null;
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }

    private static string? DifferenceOf(TensorCase golden, Model model, JsonElement call)
    {
        var method = model.FindMethod("infer") ?? model.GetMethod(ModelMethod.Predict);
        var isError = call.TryGetProperty("error", out _);
        try
        {
            using var inputs = WireCases.OnnxInputs((TensorsSpec)method.Input, call);
            using var answer = method.Invoke(inputs);
            return isError
                ? $"{call.GetProperty("id")}: answered, and is to be refused"
                : Compare(golden, method, call, answer) is { } difference ? $"{call.GetProperty("id")}: {difference}" : null;
        }
        catch (FlamaException exception)
        {
            return isError && exception.Code == ErrorCodes.InvalidInput ? null : $"{call.GetProperty("id")}: {exception.Code}: {exception.Message}";
        }
    }

    /// <summary>Whether a case is not among those that are not answered.</summary>
    internal static bool IsAnswered(string name) => !Exceptions.ContainsKey(name);

    private static string? Compare(TensorCase golden, ModelMethod method, JsonElement call, ModelOutput answer)
    {
        TensorExpectation expectation = new(golden.RelativeTolerance, golden.AbsoluteTolerance);
        var expected = call.GetProperty("outputs").EnumerateArray().ToArray();
        return expected.Length != answer.Count
            ? $"{answer.Count} outputs, expected {expected.Length}"
            : expected.Select((one, i) => method.Outputs[i].Name != one.GetProperty("name").GetString() ? $"output {i} is {method.Outputs[i].Name}" : expectation.Compare(one, answer[i]) is { } difference ? $"{method.Outputs[i].Name}: {difference}" : null)
                .FirstOrDefault(difference => difference is not null);
    }
}
