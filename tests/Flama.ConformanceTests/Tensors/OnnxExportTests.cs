using Flama.Onnx;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Golden models of PyTorch, Keras and TensorFlow, written as ONNX and loaded again: they answer as the real library, or the refusal says why one graph does not do.</summary>
public sealed class OnnxExportTests(ITestOutputHelper output)
{
    public static TheoryData<string> Archives() => [.. TensorCase.Archives("torch"), .. TensorCase.Archives("keras")];

    [Theory]
    [MemberData(nameof(Archives))]
    public void Models_OfArchive_AnswerAlikeAsOnnx(string archive)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(archive))!;
        var expectations = WireCases.ReadAll(archive).ToDictionary(golden => golden.Name, StringComparer.Ordinal);
        List<string> wrong = [];
        var (same, refused) = (0, 0);

        foreach (var golden in TensorCase.ReadAll(archive).Where(golden => expectations.ContainsKey(golden.Name)))
        {
            using TemporaryDirectory directory = new();
            if (Try(golden, expectations[golden.Name], directory.Root) is not { } difference)
            {
                same++;
            }
            else if (difference.StartsWith("refused", StringComparison.Ordinal))
            {
                refused++;
                output.WriteLine($"{golden.Name}: {difference}");
            }
            else
            {
                wrong.Add($"{golden.Name}: {difference}");
            }
        }

        output.WriteLine($"{folder} {archive}: {same} alike, {refused} refused");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Prepend($"{wrong.Count} wrong")));
        Assert.True(refused <= same, $"{refused} refused, {same} alike");
    }

    private static string? Try(TensorCase golden, WireCase wire, string directory)
    {
        if (wire.Calls.FirstOrDefault(call => !call.IsError) is not { } call)
        {
            return null;
        }

        var file = golden.Meta.GetProperty("file").GetString()!;
        try
        {
            using var package = golden.Files.TryGetValue(file, out var content) ? ModelPackage.Open(content, file) : ModelPackage.Open(golden.WriteTo(directory));
            var source = package.ReadModel();
            using var original = Engines.Load(source);
            var method = original.GetMethod(ModelMethod.Predict);
            using var inputs = call.Inputs((TensorsSpec)method.Input);
            var bytes = Export(source, (TensorsSpec)method.Input, inputs).ToBytes();
            using var exported = Engines.Load(new ModelSource("model.onnx", ModelFormats.Onnx, ModelPayload.FromMemory(bytes)));
            using var expected = method.Invoke(inputs);
            using var answer = (exported.FindMethod("infer") ?? exported.GetMethod(ModelMethod.Predict)).Invoke(inputs);
            if (answer.Count != expected.Count)
            {
                return $"{answer.Count} outputs, not {expected.Count}";
            }

            for (var i = 0; i < answer.Count; i++)
            {
                if (expected[i] is ModelTensor { Type: not ElementType.String } wanted && answer[i] is ModelTensor given && wire.Expectation.Compare(wanted, given) is { } difference)
                {
                    return $"output {i}: {difference}";
                }
            }

            return null;
        }
        catch (FlamaException refusal)
        {
            return $"refused: {refusal.Message}";
        }
    }

    // A program in code tells no shapes. The first length stays open, so that one graph does for batches, unless the program decides by it.
    private static Onnx.Graphs.OnnxProgram Export(ModelSource source, TensorsSpec spec, TensorInputs inputs)
    {
        try
        {
            return Engines.Table.ExportOnnx(source, new LoadOptions { InputShapes = ShapesOf(spec, inputs, isOpen: true) });
        }
        catch (FlamaException failure) when (failure.Message.Contains("decides by the lengths", StringComparison.Ordinal))
        {
            return Engines.Table.ExportOnnx(source, new LoadOptions { InputShapes = ShapesOf(spec, inputs, isOpen: false) });
        }
    }

    private static IReadOnlyList<InputShape> ShapesOf(TensorsSpec spec, TensorInputs inputs, bool isOpen) =>
    [
        .. spec.Tensors.Where(tensor => tensor.Shape is null || (!isOpen && tensor.Shape.Count > 0)).Select(tensor => inputs.Find(tensor.Name) is { } given
            ? new InputShape(tensor.Name, [.. given.Shape.Select((length, dimension) => isOpen && dimension == 0 ? Dimension.Any : Dimension.FromInt64(length))], given.Type) : null).OfType<InputShape>(),
    ];
}
