using System.Text.Json;
using Flama.Packaging;

namespace Flama.ConformanceTests.Tensors;

/// <summary>The golden models of tensors: of ONNX, PyTorch, Keras and TensorFlow, and packages of the original.</summary>
internal static class WireCases
{
    /// <summary>The archives: those of the repository, and all of the shared folder where it is present.</summary>
    public static IEnumerable<string> Archives() =>
    [
        .. TensorCase.Archives("onnx"), .. TensorCase.Archives("torch"), .. TensorCase.Archives("keras"),
        .. TensorCase.Archives("flama").Where(archive => archive.EndsWith("-torch.zip", StringComparison.Ordinal) || archive.EndsWith("-keras.zip", StringComparison.Ordinal)),
    ];

    /// <summary>The cases of an archive that are to be answered.</summary>
    public static IEnumerable<WireCase> ReadAll(string archive)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(archive));
        return TensorCase.ReadAll(archive).Where(IsToBeAnswered).Select(golden => new WireCase(
            golden.Name,
            directory => Load(golden, folder, directory),
            [.. golden.Calls.Select((call, i) => Call(folder, call, i))],
            new(golden.RelativeTolerance, golden.AbsoluteTolerance)));
    }

    /// <summary>Makes the inputs of the first call of a case; null where there is none.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="folder">The folder of its archive, which tells how calls are written.</param>
    public static Func<TensorsSpec, TensorInputs>? InputsOf(TensorCase golden, string folder) => golden.Calls.Count == 0 ? null : Call(folder, golden.Calls[0], 0).Inputs;

    private static bool IsToBeAnswered(TensorCase golden) =>
        golden.Refusal is null && OnnxGoldenTests.IsAnswered(golden.Name)
        && (!golden.Meta.TryGetProperty("expect", out var expect) || expect.GetString() == "values")
        && !(golden.Meta.TryGetProperty("format", out var format) && format.GetString() is "not-a-program" or "damaged");

    private static WireModel Load(TensorCase golden, string? folder, string directory)
    {
        if (folder == "onnx")
        {
            return new(Engines.Load(golden.ToSource(ModelFormats.Onnx)));
        }

        var file = golden.Meta.GetProperty("file").GetString()!;
        var package = golden.Files.TryGetValue(file, out var content) ? ModelPackage.Open(content, file) : ModelPackage.Open(golden.WriteTo(directory));
        try
        {
            return new(Engines.Load(package.ReadModel()), package, golden.Meta.TryGetProperty("signature", out var signature) ? signature.GetString() : null);
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    private static WireCall Call(string? folder, JsonElement call, int index)
    {
        var id = call.TryGetProperty("id", out var given) ? given.ToString() : $"{index}";
        var isError = call.TryGetProperty("error", out _);
        return folder switch
        {
            "torch" => new(id, isError, spec => TorchValues.InputsOf(spec, call), _ => TorchValues.OutputsOf(call)),
            "keras" => new(id, isError, spec => KerasInputs(spec, call), method => KerasOutputs(method, call)),
            "flama" => new(id, isError, spec => FlamaInputs(spec, call), method => [FlamaArray(call.GetProperty("expected").GetProperty("predict"), ElementType.Float32)]),
            _ => new(id, isError, spec => OnnxInputs(spec, call), method => OnnxOutputs(method, call)),
        };
    }

    /// <summary>The inputs of a call of a graph of ONNX.</summary>
    internal static TensorInputs OnnxInputs(TensorsSpec spec, JsonElement call)
    {
        List<KeyValuePair<string, ModelArray>> arrays = [];
        foreach (var input in call.GetProperty("inputs").EnumerateArray())
        {
            var name = input.GetProperty("name").GetString()!;
            var known = spec.Find(name);
            if (TensorValues.Read(input, known?.Type ?? ElementType.Float32, known?.KeyType ?? ElementType.String) is { } array)
            {
                arrays.Add(new(name, array));
            }
        }

        return TensorInputs.OfArrays(arrays);
    }

    private static ModelArray[] OnnxOutputs(ModelMethod method, JsonElement call) =>
    [
        .. call.GetProperty("outputs").EnumerateArray().Select((output, i) =>
            TensorValues.Read(output, method.Outputs[i].Type, ElementType.String) ?? new MissingArray(method.Outputs[i].Type)),
    ];

    private static TensorInputs KerasInputs(TensorsSpec spec, JsonElement call)
    {
        JsonProperty[] given = [.. call.GetProperty("inputs").EnumerateObject()];
        return new([.. given.Select(input => KeyValuePair.Create(spec.Find(input.Name) is null && given.Length == 1 ? spec.Tensors[0].Name : input.Name, TensorValues.ReadTensor(input.Value)))]);
    }

    private static ModelArray[] KerasOutputs(ModelMethod method, JsonElement call)
    {
        JsonProperty[] given = [.. call.GetProperty("outputs").EnumerateObject()];
        var isByName = method.Outputs.All(output => given.Any(one => one.Name == output.Name));
        return [.. method.Outputs.Select((output, i) => TensorValues.ReadTensor((isByName ? given.First(one => one.Name == output.Name) : given[i]).Value))];
    }

    private static TensorInputs FlamaInputs(TensorsSpec spec, JsonElement call) =>
        new(KeyValuePair.Create(spec.Tensors[0].Name, FlamaArray(call.GetProperty("X"), spec.Tensors[0].Type)));

    // The original's arrays are of numpy, mostly float64, and are cast as its models do.
    private static ModelTensor FlamaArray(JsonElement array, ElementType type)
    {
        var made = ModelTensor.Rent(type, [.. array.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())]);
        TensorValues.Fill(made, array.GetProperty("data"));
        return made;
    }
}
