using System.Text.Json;

namespace Flama.Processing.Plans;

/// <summary>An object of a document of processing, whose failures name the key.</summary>
/// <param name="model">The model file, for messages.</param>
/// <param name="path">Where the object is: <c>processing.image</c>.</param>
/// <param name="element">The object.</param>
internal sealed class PlanObject(string model, string path, JsonElement element)
{
    private const int LongestShown = 60;

    /// <summary>Where the object is.</summary>
    public string Path => path;

    /// <summary>Makes the object of a document.</summary>
    public static PlanObject Of(string model, string path, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? new(model, path, element)
        : throw Refuse(model, $"'{path}' is {Shown(element)}, expected an object.");

    /// <summary>Refuses keys that are not known, the first of them.</summary>
    public PlanObject CheckKeys(params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                throw Refuse(model, $"'{path}' has the key '{SafeText.OneLine(member.Name, LongestShown)}', expected {string.Join(", ", known)}.");
            }
        }

        return this;
    }

    /// <summary>A value; null where it is not there or null.</summary>
    public JsonElement? Value(string key) => element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>An object; null where it is not there.</summary>
    public PlanObject? Child(string key) => Value(key) is { } value ? Of(model, $"{path}.{key}", value) : null;

    /// <summary>A text that is not empty; null where it is not there.</summary>
    public string? Text(string key) => Value(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.GetString() is { Length: > 0 } text => text,
        _ => throw Wrong(key, "a text"),
    };

    /// <summary>True or false; null where it is not there.</summary>
    public bool? Flag(string key) => Value(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(key, "true or false"),
    };

    /// <summary>A whole number from 1 on; null where it is not there.</summary>
    public int? Count(string key, int most) => Value(key) is not { } value ? null : CountOf(value, most) ?? throw Wrong(key, $"a whole number from 1 to {most}");

    /// <summary>A finite number; null where it is not there.</summary>
    public double? Number(string key) => Value(key) is not { } value ? null : NumberOf(value) ?? throw Wrong(key, "a number");

    /// <summary>One of some words; null where it is not there.</summary>
    public T? Choice<T>(string key, params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        if (Value(key) is not { } given)
        {
            return null;
        }

        List<string> words = [];
        foreach (var (word, value) in choices)
        {
            if (given.ValueKind == JsonValueKind.String && string.Equals(given.GetString(), word, StringComparison.Ordinal))
            {
                return value;
            }

            words.Add($"\"{word}\"");
        }

        throw Wrong(key, $"one of {string.Join(", ", words)}");
    }

    /// <summary>Finite numbers, a list of them or one alone; null where they are not there.</summary>
    public double[]? Numbers(string key)
    {
        if (Value(key) is not { } value)
        {
            return null;
        }

        var numbers = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(NumberOf)] : new[] { NumberOf(value) };
        return Array.TrueForAll(numbers, number => number is not null) ? [.. numbers.Select(number => number!.Value)] : throw Wrong(key, "a number, or a list of numbers");
    }

    /// <summary>A whole number from 1 on; null for anything else.</summary>
    public static int? CountOf(JsonElement value, int most) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= most ? number : null;

    /// <summary>The failure of a value.</summary>
    public FlamaException Wrong(string key, string expected) =>
        Refuse(model, Value(key) is { } value ? $"'{path}.{key}' is {Shown(value)}, expected {expected}." : $"'{path}' has no '{key}', expected {expected}.");

    /// <summary>Another failure of a value.</summary>
    public FlamaException Unfit(string key, string what) => Refuse(model, $"'{path}.{key}' {what}.");

    private static FlamaException Refuse(string model, string what) =>
        new(ErrorCodes.InvalidProcessing, $"The processing of '{model}' cannot be used: {what}", "Correct it; docs/reference/processing.md lists what may stand there.");

    private static double? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static string Shown(JsonElement value) => SafeText.OneLine(value.GetRawText(), LongestShown);
}
