using System.Text;
using System.Text.Json;

namespace Flama.Torch.Exported;

/// <summary>Reads the description of a program, which may lack or distort anything.</summary>
internal static class JsonFields
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>Parses a description.</summary>
    /// <exception cref="FlamaException">It is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException exception)
        {
            throw Problem("it is not JSON", exception);
        }
    }

    public static JsonDocument Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>A field that has to be there.</summary>
    public static JsonElement Field(this JsonElement element, string name) => element.Has(name, out var field) ? field : throw Problem($"'{name}' is missing");

    public static bool Has(this JsonElement element, string name, out JsonElement field)
    {
        field = default;
        return element.ValueKind == JsonValueKind.Object && Guarded(() => element.TryGetProperty(name, out var found) ? found : (JsonElement?)null) is { } value && (field = value).ValueKind != JsonValueKind.Undefined;
    }

    public static bool Has(this JsonElement element, string name) => element.Has(name, out _);

    /// <summary>The fields of an object, with their names.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonElement>> Fields(this JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? Guarded(() => element.EnumerateObject().Select(static field => KeyValuePair.Create(field.Name, field.Value)).ToArray())
        : throw Problem("an object is expected");

    /// <summary>The first field of an object, whose name tells the kind of its value.</summary>
    public static KeyValuePair<string, JsonElement> Only(this JsonElement element) => element.Fields() is [var first, ..] ? first : throw Problem("an object is empty");

    public static IReadOnlyList<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : throw Problem("a list is expected");

    public static JsonElement At(this JsonElement element, int index) => element.Items() is var items && index < items.Count ? items[index] : throw Problem("a list is too short");

    public static string Text(this JsonElement element) => element.ValueKind == JsonValueKind.String ? Guarded(element.GetString)! : throw Problem("a text is expected");

    public static string? TextOrNull(this JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.Text();

    public static long Whole(this JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var whole) ? whole : throw Problem("a whole number is expected");

    public static double Number(this JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) ? number : throw Problem("a number is expected");

    public static bool Truth(this JsonElement element) => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Problem("true or false is expected");

    public static FlamaException Problem(string what, Exception? cause = null) => TorchErrors.Corrupt($"its description of the program is not whole: {what}", cause);

    // Texts and names are decoded when they are read, and half a surrogate is found only then.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw Problem("a text is not Unicode", exception);
        }
    }
}
