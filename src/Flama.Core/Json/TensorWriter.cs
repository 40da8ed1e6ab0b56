using System.Text.Json;

namespace Flama.Json;

/// <summary>
/// Writes a <see cref="ModelTensor"/> as nested lists: what stands along its first dimension, as values of an array that the caller has opened; a tensor
/// without dimensions is its value.
/// </summary>
internal static class TensorWriter
{
    /// <summary>Writes one whole value: a single element, a list of arrays, an object of values by key, null for what is missing.</summary>
    public static void Write(Utf8JsonWriter writer, ModelArray array)
    {
        switch (array)
        {
            case ModelTensor { Shape: [] } single:
                Write(writer, single, 0, 1);
                break;
            case ModelTensor tensor:
                writer.WriteStartArray();
                Write(writer, tensor, 0, tensor.Shape[0]);
                writer.WriteEndArray();
                break;
            case ModelSequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ModelMap map:
                Write(writer, map);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>Writes some of what stands along the first dimension.</summary>
    public static void Write(Utf8JsonWriter writer, ModelTensor tensor, long first, long count)
    {
        switch (tensor.Type)
        {
            case ElementType.Float64:
                Write(writer, tensor, first, count, tensor.Elements<double>(), static (json, value) => WriteFloat(json, value));
                break;
            case ElementType.Float32:
                Write(writer, tensor, first, count, tensor.Elements<float>(), static (json, value) => WriteFloat(json, value));
                break;
            case ElementType.Float16:
                Write(writer, tensor, first, count, tensor.Elements<Half>(), static (json, value) => WriteFloat(json, (double)value));
                break;
            case ElementType.BFloat16:
                Write(writer, tensor, first, count, tensor.Elements<ushort>(), static (json, value) => WriteFloat(json, BitConverter.UInt32BitsToSingle((uint)value << 16)));
                break;
            case ElementType.Int8:
                Write(writer, tensor, first, count, tensor.Elements<sbyte>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.Int16:
                Write(writer, tensor, first, count, tensor.Elements<short>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.Int32:
                Write(writer, tensor, first, count, tensor.Elements<int>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.Int64:
                Write(writer, tensor, first, count, tensor.Elements<long>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.UInt8:
                Write(writer, tensor, first, count, tensor.Elements<byte>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.UInt16:
                Write(writer, tensor, first, count, tensor.Elements<ushort>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.UInt32:
                Write(writer, tensor, first, count, tensor.Elements<uint>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.UInt64:
                Write(writer, tensor, first, count, tensor.Elements<ulong>(), static (json, value) => json.WriteNumberValue(value));
                break;
            case ElementType.Boolean:
                Write(writer, tensor, first, count, tensor.Elements<bool>(), static (json, value) => json.WriteBooleanValue(value));
                break;
            default:
                Write(writer, tensor, first, count, tensor.Texts, static (json, value) => json.WriteStringValue(value));
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, ModelMap map)
    {
        var values = map.Values.Reshape([map.Keys.Count]);
        writer.WriteStartObject();
        for (var i = 0; i < map.Keys.Count; i++)
        {
            writer.WritePropertyName(map.Keys[i].ToString());
            Write(writer, values, i, 1);
        }

        writer.WriteEndObject();
    }

    private static void Write<T>(
        Utf8JsonWriter writer, ModelTensor tensor, long first, long count, ReadOnlySpan<T> elements, Action<Utf8JsonWriter, T> write)
    {
        var shape = tensor.Shape;
        if (shape.Count == 0)
        {
            write(writer, elements[0]);
            return;
        }

        var index = shape[0] == 0 ? 0 : (int)(first * (tensor.Count / shape[0]));
        for (var i = 0L; i < count; i++)
        {
            WriteDimension(writer, shape, 1, elements, ref index, write);
        }
    }

    private static void WriteDimension<T>(
        Utf8JsonWriter writer, IReadOnlyList<long> shape, int dimension, ReadOnlySpan<T> elements, ref int index, Action<Utf8JsonWriter, T> write)
    {
        if (dimension == shape.Count)
        {
            write(writer, elements[index++]);
            return;
        }

        writer.WriteStartArray();
        for (var i = 0L; i < shape[dimension]; i++)
        {
            WriteDimension(writer, shape, dimension + 1, elements, ref index, write);
        }

        writer.WriteEndArray();
    }

    // float32 is widened as Python's tolist() does: 0.1f is 0.10000000149011612.
    private static void WriteFloat(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            PythonNumber.Write(writer, value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
