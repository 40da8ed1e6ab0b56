using System.Text;
using System.Text.Json;

namespace Flama.Keras.Tests.Golden;

/// <summary>Tensors of cases.</summary>
internal static class GoldenTensor
{
    public static ModelTensor Read(JsonElement value)
    {
        var type = value.GetProperty("dtype").GetString()!;
        long[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        if (type is "string" or "object" or "str")
        {
            List<string?> texts = [];
            if (value.TryGetProperty("b64_strings", out var encoded))
            {
                Walk(encoded, item => texts.Add(Encoding.Latin1.GetString(item.GetBytesFromBase64())));
            }
            else
            {
                Walk(value.GetProperty("data"), item => texts.Add(item.GetString()));
            }

            return shape.Length == 0 ? Scalar(texts) : ModelTensor.OfTexts([.. texts], shape);
        }

        var element = TypeOf(type);
        var tensor = ModelTensor.Rent(element, shape);
        if (value.TryGetProperty("b64", out var bytes))
        {
            bytes.GetBytesFromBase64().CopyTo(tensor.WritableBytes);
            return tensor;
        }

        List<double> numbers = [];
        List<long> whole = [];
        Walk(value.GetProperty("data"), item =>
        {
            numbers.Add(item.ValueKind switch
            {
                JsonValueKind.True => 1,
                JsonValueKind.False => 0,
                JsonValueKind.Object => item.GetProperty("$").GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity },
                _ => item.GetDouble(),
            });
            whole.Add(item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) ? number : 0);
        });
        for (var i = 0; i < numbers.Count; i++)
        {
            Write(tensor, i, numbers[i], whole[i]);
        }

        return tensor;
    }

    /// <summary>The numbers, as doubles.</summary>
    public static double[] Numbers(ModelTensor tensor) => [.. Enumerable.Range(0, tensor.Count).Select(i => tensor.Type switch
    {
        ElementType.Float64 => tensor.Elements<double>()[i],
        ElementType.Float32 => tensor.Elements<float>()[i],
        ElementType.Float16 => (double)tensor.Elements<Half>()[i],
        ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)tensor.Elements<ushort>()[i] << 16),
        ElementType.Int64 => tensor.Elements<long>()[i],
        ElementType.Int32 => tensor.Elements<int>()[i],
        ElementType.Int16 => tensor.Elements<short>()[i],
        ElementType.Int8 => tensor.Elements<sbyte>()[i],
        ElementType.UInt8 => tensor.Elements<byte>()[i],
        ElementType.UInt16 => tensor.Elements<ushort>()[i],
        ElementType.UInt32 => tensor.Elements<uint>()[i],
        ElementType.UInt64 => tensor.Elements<ulong>()[i],
        ElementType.Boolean => tensor.Elements<bool>()[i] ? 1 : 0,
        _ => throw new InvalidOperationException(tensor.Type.ToString()),
    })];

    /// <summary>What differs; null for nothing.</summary>
    public static string? Difference(ModelTensor got, ModelTensor want, double absolute, double relative)
    {
        if (got.Type != want.Type)
        {
            return $"type {got.Type}, not {want.Type}";
        }

        if (!got.Shape.SequenceEqual(want.Shape))
        {
            return $"shape [{string.Join(", ", got.Shape)}], not [{string.Join(", ", want.Shape)}]";
        }

        if (got.Type == ElementType.String)
        {
            for (var i = 0; i < got.Count; i++)
            {
                if (got.Texts[i] != want.Texts[i])
                {
                    return $"element {i} is '{got.Texts[i]}', not '{want.Texts[i]}'";
                }
            }

            return null;
        }

        var (left, right) = (Numbers(got), Numbers(want));
        var isFloat = got.Type is ElementType.Float16 or ElementType.Float32 or ElementType.Float64 or ElementType.BFloat16;
        var largest = right.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var worst = (Excess: 0.0, At: -1);
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i].Equals(right[i]) || left[i] == right[i])
            {
                continue;
            }

            var allowed = isFloat ? (absolute * Math.Max(1, largest)) + (relative * Math.Abs(right[i])) : 0;
            var excess = Math.Abs(left[i] - right[i]) - allowed;
            if (!(excess <= 0) && (worst.At < 0 || excess > worst.Excess))
            {
                worst = (excess, i);
            }
        }

        return worst.At < 0 ? null : $"element {worst.At} is {left[worst.At]:R}, not {right[worst.At]:R}";
    }

    private static ModelTensor Scalar(List<string?> texts)
    {
        var tensor = ModelTensor.Rent(ElementType.String);
        tensor.WritableTexts[0] = texts[0];
        return tensor;
    }

    private static void Walk(JsonElement value, Action<JsonElement> visit)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Walk(item, visit);
            }
        }
        else
        {
            visit(value);
        }
    }

    private static ElementType TypeOf(string name) => name switch
    {
        "float64" => ElementType.Float64,
        "float32" => ElementType.Float32,
        "float16" => ElementType.Float16,
        "bfloat16" => ElementType.BFloat16,
        "int64" => ElementType.Int64,
        "int32" => ElementType.Int32,
        "int16" => ElementType.Int16,
        "int8" => ElementType.Int8,
        "uint8" => ElementType.UInt8,
        "uint16" => ElementType.UInt16,
        "uint32" => ElementType.UInt32,
        "uint64" => ElementType.UInt64,
        "bool" => ElementType.Boolean,
        _ => throw new InvalidOperationException(name),
    };

    private static void Write(ModelTensor tensor, int i, double number, long whole)
    {
        switch (tensor.Type)
        {
            case ElementType.Float64:
                tensor.WritableElements<double>()[i] = number;
                break;
            case ElementType.Float32:
                tensor.WritableElements<float>()[i] = (float)number;
                break;
            case ElementType.Float16:
                tensor.WritableElements<Half>()[i] = (Half)number;
                break;
            case ElementType.BFloat16:
                tensor.WritableElements<ushort>()[i] = (ushort)(BitConverter.SingleToUInt32Bits((float)number) >> 16);
                break;
            case ElementType.Int64:
                tensor.WritableElements<long>()[i] = whole;
                break;
            case ElementType.Int32:
                tensor.WritableElements<int>()[i] = (int)whole;
                break;
            case ElementType.Int16:
                tensor.WritableElements<short>()[i] = (short)whole;
                break;
            case ElementType.Int8:
                tensor.WritableElements<sbyte>()[i] = (sbyte)whole;
                break;
            case ElementType.UInt8:
                tensor.WritableElements<byte>()[i] = (byte)whole;
                break;
            case ElementType.UInt16:
                tensor.WritableElements<ushort>()[i] = (ushort)whole;
                break;
            case ElementType.UInt32:
                tensor.WritableElements<uint>()[i] = (uint)whole;
                break;
            case ElementType.UInt64:
                tensor.WritableElements<ulong>()[i] = (ulong)number;
                break;
            case ElementType.Boolean:
                tensor.WritableElements<bool>()[i] = number != 0;
                break;
        }
    }
}
