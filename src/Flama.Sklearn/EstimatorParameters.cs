using System.Numerics;
using System.Text.Json;
using Flama.Json;
using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>The constructor parameters of an estimator, as the original's <c>model.info</c> has them.</summary>
/// <remarks>
/// Parameters are the attributes that neither start nor end with an underscore, in alphabetical order; plain values stay, containers are walked, all else (nested
/// estimators, functions, types) becomes null.
/// </remarks>
internal static class EstimatorParameters
{
    private const int MaxDepth = 16;

    public static void Write(Utf8JsonWriter writer, PickleObject pickled)
    {
        writer.WriteStartObject();
        var parameters = (pickled.Attributes ?? Enumerable.Empty<KeyValuePair<object?, object?>>())
            .Where(entry => entry.Key is string { Length: > 0 } name && name[0] != '_' && name[^1] != '_')
            .OrderBy(entry => (string)entry.Key!, StringComparer.Ordinal);
        foreach (var entry in parameters)
        {
            writer.WritePropertyName((string)entry.Key!);
            WriteValue(writer, entry.Value, 0);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long integer:
                writer.WriteNumberValue(integer);
                break;
            case double number:
                PythonNumber.Write(writer, number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case BigInteger big:
                writer.WriteRawValue(big.ToString(System.Globalization.CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case List<object?> or PickleTuple or PickleSet when depth < MaxDepth:
                WriteItems(writer, value is PickleSet set ? set.Items : EstimatorState.ItemsOf(value)!, depth);
                break;
            case PickleDict dict when depth < MaxDepth:
                WriteDict(writer, dict, depth);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable<object?> items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            WriteValue(writer, item, depth + 1);
        }

        writer.WriteEndArray();
    }

    private static void WriteDict(Utf8JsonWriter writer, PickleDict dict, int depth)
    {
        writer.WriteStartObject();
        foreach (var entry in dict)
        {
            writer.WritePropertyName(entry.Key?.ToString() ?? "null");
            WriteValue(writer, entry.Value, depth + 1);
        }

        writer.WriteEndObject();
    }
}
