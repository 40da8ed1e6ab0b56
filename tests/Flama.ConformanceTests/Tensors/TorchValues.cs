using System.Text.Json;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Values of golden cases of PyTorch: tensors, numbers, texts, and tuples, lists and dicts of them, whose parts are inputs and outputs of their own.</summary>
internal static class TorchValues
{
    /// <summary>The inputs of a call, in the order of what the method takes; those that are None are left out.</summary>
    public static TensorInputs InputsOf(TensorsSpec spec, JsonElement call)
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

    /// <summary>The answers of a call; those that are None are left out.</summary>
    public static IReadOnlyList<ModelTensor> OutputsOf(JsonElement call) =>
        [.. call.GetProperty("outputs").EnumerateArray().SelectMany(Flatten).Select(ArrayOf).OfType<ModelTensor>()];

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

    // Written as float32, whose upper half it is.
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
}
