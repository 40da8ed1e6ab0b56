using System.Text.Json;

namespace Flama.Keras.Layers;

/// <summary>Numbers in the JSON of a file, and the objects that Keras writes arrays as.</summary>
internal static class JsonConstants
{
    // Above this not every whole number is a double.
    private const double MostExact = 1L << 53;

    /// <summary>What an array of numpy or a constant tensor holds; anything else as it is.</summary>
    public static JsonElement Unwrap(JsonElement value) =>
        Text(value, "class_name") is "__numpy__" or "__tensor__" && Member(value, "config") is { } config && Member(config, "value") is { } held ? held : value;

    /// <summary>A member of an object; null where it is missing, or the value is no object.</summary>
    public static JsonElement? Member(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A text that is a member of an object; null where there is none.</summary>
    public static string? Text(JsonElement value, string name) => Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A whole number, which may be written as 2.0; null for anything else.</summary>
    public static long? Integer(JsonElement value) => value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var whole) ? whole
        : value.TryGetDouble(out var number) && number == Math.Floor(number) && Math.Abs(number) <= MostExact ? (long)number : null;

    /// <summary>A finite number; null for anything else.</summary>
    public static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
