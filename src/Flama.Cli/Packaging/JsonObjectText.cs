using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Json;

namespace Flama.Cli.Packaging;

/// <summary>A JSON object from what a user writes: <c>KEY=VALUE</c> several times, or <c>@FILE</c>.</summary>
internal static class JsonObjectText
{
    /// <summary>Reads the object.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="texts">What the user wrote; a value that is JSON is what it says, else text.</param>
    /// <returns>The object; null when nothing was written.</returns>
    /// <exception cref="FlamaException">A text has no key, or a file is missing or holds no object.</exception>
    public static JsonElement? Read(string option, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return null;
        }

        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        List<string> order = [];
        foreach (var text in texts)
        {
            foreach (var (key, value) in text.StartsWith('@') ? OfFile(option, text[1..]) : [OfPair(option, text)])
            {
                if (!members.ContainsKey(key))
                {
                    order.Add(key);
                }

                members[key] = value;
            }
        }

        ArrayBufferWriter<byte> output = new();
        using (var writer = new Utf8JsonWriter(output, JsonOutput.Compact))
        {
            writer.WriteStartObject();
            foreach (var key in order)
            {
                writer.WritePropertyName(key);
                writer.WriteRawValue(members[key].GetRawText(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return PythonJson.Parse(output.WrittenSpan);
    }

    private static (string Key, JsonElement Value) OfPair(string option, string text)
    {
        var equals = text.IndexOf('=');
        return equals > 0
            ? (text[..equals], OfValue(text[(equals + 1)..]))
            : throw new FlamaException(ErrorCodes.InvalidOption, $"{option} is '{text}', expected KEY=VALUE or @FILE.");
    }

    private static JsonElement OfValue(string text)
    {
        try
        {
            return PythonJson.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception exception) when (exception is JsonException or FlamaException)
        {
            return PythonJson.Parse(Encoding.UTF8.GetBytes(JsonValue.Create(text).ToJsonString()));
        }
    }

    private static IEnumerable<(string Key, JsonElement Value)> OfFile(string option, string path)
    {
        JsonElement root;
        try
        {
            root = PythonJson.Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FlamaException(ErrorCodes.FileNotFound, $"{option} names the file '{path}', which cannot be read.", "Check the path.", exception);
        }
        catch (Exception exception) when (exception is JsonException or FlamaException)
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"{option} names the file '{path}', which is not JSON.", "Give it a JSON object.", exception);
        }

        return root.ValueKind == JsonValueKind.Object
            ? root.EnumerateObject().Select(member => (member.Name, member.Value))
            : throw new FlamaException(ErrorCodes.InvalidOption, $"{option} names the file '{path}', which holds no object.", "Give it a JSON object.");
    }
}
