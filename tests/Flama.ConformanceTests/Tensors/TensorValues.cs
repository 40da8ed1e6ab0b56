using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Arrays of golden cases.</summary>
internal static class TensorValues
{
    private static readonly Dictionary<string, ElementType> Types = Enum.GetValues<ElementType>().ToDictionary(ElementTypes.NameOf, type => type, StringComparer.Ordinal);

    /// <summary>Makes the array; null for one that is left out.</summary>
    public static ModelArray? Read(JsonElement value, ElementType expected, ElementType keys) => value.GetProperty("type").GetString() switch
    {
        "none" => null,
        "sequence" => new ModelSequence(expected, [.. value.GetProperty("items").EnumerateArray().Select(item => Read(item, expected, keys)!)]),
        "map" => ReadMap(value, expected, keys),
        _ => ReadTensor(value),
    };

    /// <summary>Makes a tensor.</summary>
    public static ModelTensor ReadTensor(JsonElement value)
    {
        var type = Types[value.GetProperty("dtype").GetString()!];
        long[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        var made = ModelTensor.Rent(type, shape);
        if (value.TryGetProperty("b64_strings", out var texts))
        {
            // Bytes, each as the character of its number.
            Flatten(texts).Select(text => Encoding.Latin1.GetString(text.GetBytesFromBase64())).ToArray().CopyTo(made.WritableTexts);
            return made;
        }

        if (value.TryGetProperty("b64", out var encoded))
        {
            encoded.GetBytesFromBase64().CopyTo(made.WritableBytes);
            return made;
        }

        Fill(made, value.GetProperty("data"));
        return made;
    }

    /// <summary>Writes nested lists into a tensor of as many elements.</summary>
    public static void Fill(ModelTensor tensor, JsonElement data)
    {
        var elements = Flatten(data).ToArray();
        Assert.Equal(tensor.Count, elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            Write(tensor, i, elements[i]);
        }
    }

    /// <summary>The element as a float64; NaN for text.</summary>
    public static double NumberAt(ModelTensor tensor, int index) => tensor.Type switch
    {
        ElementType.Float64 => tensor.Elements<double>()[index],
        ElementType.Float32 => tensor.Elements<float>()[index],
        ElementType.Float16 => (double)tensor.Elements<Half>()[index],
        ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)tensor.Elements<ushort>()[index] << 16),
        ElementType.Int8 => tensor.Elements<sbyte>()[index],
        ElementType.Int16 => tensor.Elements<short>()[index],
        ElementType.Int32 => tensor.Elements<int>()[index],
        ElementType.Int64 => tensor.Elements<long>()[index],
        ElementType.UInt8 => tensor.Elements<byte>()[index],
        ElementType.UInt16 => tensor.Elements<ushort>()[index],
        ElementType.UInt32 => tensor.Elements<uint>()[index],
        ElementType.UInt64 => tensor.Elements<ulong>()[index],
        ElementType.Boolean => tensor.Elements<bool>()[index] ? 1 : 0,
        _ => double.NaN,
    };

    /// <summary>The single values in nested lists.</summary>
    public static IEnumerable<JsonElement> Flatten(JsonElement data) =>
        data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().SelectMany(Flatten) : [data];

    private static ModelMap ReadMap(JsonElement value, ElementType expected, ElementType keys)
    {
        JsonElement[][] items = [.. value.GetProperty("items").EnumerateArray().Select(item => item.EnumerateArray().ToArray())];
        var values = ModelTensor.Rent(expected, items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            Write(values, i, items[i][1]);
        }

        return new([.. items.Select(item => keys == ElementType.String ? Scalar.Of(item[0].ToString()) : Scalar.Of(item[0].GetInt64()))], values);
    }

    /// <summary>Writes one element.</summary>
    public static void Write(ModelTensor tensor, int index, JsonElement value)
    {
        if (tensor.Type == ElementType.String)
        {
            tensor.WritableTexts[index] = value.GetString();
            return;
        }

        var size = ElementTypes.SizeOf(tensor.Type);
        var target = tensor.WritableBytes.Slice(index * size, size);
        switch (tensor.Type)
        {
            case ElementType.Int64:
                MemoryMarshal.Write(target, value.GetInt64());
                break;
            case ElementType.UInt64:
                MemoryMarshal.Write(target, value.GetUInt64());
                break;
            case ElementType.Boolean:
                target[0] = value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetDouble() != 0) ? (byte)1 : (byte)0;
                break;
            default:
                Assert.True(Flama.Json.TensorElement.TryWrite(tensor.Type, CaseInput.Number(value), target));
                break;
        }
    }
}
