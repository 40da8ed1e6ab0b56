using System.Text.Json;
using Flama.Keras.Layers;

namespace Flama.Keras.Models;

/// <summary>Reads the calls of a layer in the forms of Keras 2 and 3.</summary>
internal static class NodeReader
{
    /// <summary>The first part of what Keras 2 writes for a first argument that is no tensor.</summary>
    public const string ConstantName = "_CONSTANT_VALUE";

    private const int MaxCalls = 10_000;

    /// <summary>Reads all calls.</summary>
    public static List<LayerNode> Read(JsonElement nodes)
    {
        if (nodes.ValueKind != JsonValueKind.Array || nodes.GetArrayLength() > MaxCalls)
        {
            return [];
        }

        return [.. nodes.EnumerateArray().Select(node => node.ValueKind == JsonValueKind.Object && node.TryGetProperty("args", out _) ? ReadThird(node) : ReadSecond(node))];
    }

    /// <summary>Reads a reference to outputs: one, a list, or a dictionary.</summary>
    public static object? ReadOutputs(JsonElement value) => ToOperand(value) ?? ReadValue(value);

    private static LayerNode ReadThird(JsonElement node) => new(
        ReadValue(node.GetProperty("args")) as IReadOnlyList<object?> ?? [],
        node.TryGetProperty("kwargs", out var keywords) ? ReadValue(keywords) as IReadOnlyDictionary<string, object?> ?? NoKeywords.Value : NoKeywords.Value);

    private static LayerNode ReadSecond(JsonElement node)
    {
        Dictionary<string, object?> keywords = new(StringComparer.Ordinal);
        if (node.ValueKind == JsonValueKind.Object)
        {
            Dictionary<string, object?> named = new(StringComparer.Ordinal);
            foreach (var member in node.EnumerateObject())
            {
                named[member.Name] = ReadItem(member.Value, keywords);
            }

            return new([named], keywords);
        }

        if (node.ValueKind != JsonValueKind.Array)
        {
            throw KerasErrors.Invalid("a layer is called with nothing");
        }

        // Operations of TensorFlow have one level less.
        if (node.GetArrayLength() > 0 && node[0].ValueKind == JsonValueKind.String)
        {
            return new([ReadItem(node, keywords)], keywords);
        }

        List<object?> items = [.. node.EnumerateArray().Select(item => ReadItem(item, keywords))];
        return new(items.Count == 1 ? items : [items], keywords);
    }

    private static object? ReadItem(JsonElement item, Dictionary<string, object?> keywords)
    {
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() < 3)
        {
            throw KerasErrors.Invalid("a layer is called with something that is no tensor");
        }

        if (item.GetArrayLength() > 3 && item[3].ValueKind == JsonValueKind.Object)
        {
            foreach (var member in item[3].EnumerateObject())
            {
                keywords[member.Name] = ToOperand(member.Value) ?? ReadValue(member.Value);
            }
        }

        return item[0].ValueKind == JsonValueKind.String && item[0].GetString() == ConstantName
            ? ReadValue(item[2])
            : ToOperand(item) ?? throw KerasErrors.Invalid("a layer is called with something that is no tensor");
    }

    private static Operand? ToOperand(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is 3 or 4 && value[0].ValueKind == JsonValueKind.String
        && value[1].ValueKind == JsonValueKind.Number && value[1].TryGetInt32(out var call) && value[2].ValueKind == JsonValueKind.Number && value[2].TryGetInt32(out var output)
            ? new(value[0].GetString()!, call, output)
            : null;

    /// <summary>Reads a value: numbers, text, tensors of other layers, lists and dictionaries of them.</summary>
    public static object? ReadValue(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble();
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(item => ToOperand(item) ?? ReadValue(item)).ToList();
            case JsonValueKind.Object:
                return ToObject(value);
            default:
                return null;
        }
    }

    private static object? ToObject(JsonElement value)
    {
        var kind = JsonConstants.Text(value, "class_name");
        var config = JsonConstants.Member(value, "config") ?? value;
        switch (kind)
        {
            case "__keras_tensor__":
                return JsonConstants.Member(config, "keras_history") is { } history && ToOperand(history) is { } operand ? operand : throw KerasErrors.Invalid("a tensor comes from nowhere");
            case "__ellipsis__":
                return new SliceBounds(null, null, null) { IsEllipsis = true };
            case "__slice__":
                return ToSlice(config);
            case "__numpy__" or "__tensor__":
                return ReadValue(JsonConstants.Unwrap(value) is { ValueKind: not JsonValueKind.Object } held ? held : throw KerasErrors.Invalid("a constant holds nothing"));
            case "__lambda__":
                throw KerasErrors.Custom("lambda", "a lambda");
        }

        if (kind is null && value.TryGetProperty("start", out _) && value.TryGetProperty("stop", out _) && value.TryGetProperty("step", out _))
        {
            return ToSlice(value);
        }

        Dictionary<string, object?> named = new(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            named[member.Name] = ToOperand(member.Value) ?? ReadValue(member.Value);
        }

        return named;
    }

    private static SliceBounds ToSlice(JsonElement value) => new(Bound(value, "start"), Bound(value, "stop"), Bound(value, "step"));

    private static long? Bound(JsonElement value, string name) =>
        JsonConstants.Member(value, name) is { ValueKind: JsonValueKind.Number } bound && bound.TryGetInt64(out var number) ? number : null;
}
