using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Flama;

/// <summary>What a package says of its model. Immutable.</summary>
/// <remarks>
/// The document is kept as it was written, keys in their order; only the id and the timestamp are normalised, as the Python original does
/// (<c>{ABC…}</c> to the lower-case dashed form, <c>2023-03-10 11:30:00</c> to <c>2023-03-10T11:30:00</c>).
/// </remarks>
public sealed class ModelMetadata
{
    /// <summary>Reads the document of a package.</summary>
    /// <param name="document">A JSON object with <c>id</c>, <c>timestamp</c>, <c>framework</c> and <c>model</c>.</param>
    /// <exception cref="FlamaException">A required key is missing or of the wrong type (<see cref="ErrorCodes.Corrupt"/>).</exception>
    public ModelMetadata(JsonElement document)
        : this(document, isNormal: false)
    {
    }

    /// <summary>The same of a document whose id and timestamp are normal, and which stays as long as this.</summary>
    internal ModelMetadata(JsonElement document, bool isNormal)
    {
        Id = NormalizeId(Text(document, "id"));
        Timestamp = Member(document, "timestamp").ValueKind == JsonValueKind.Null ? null : NormalizeTimestamp(Text(document, "timestamp"));
        var framework = Member(document, "framework");
        Framework = Text(framework, "lib");
        FrameworkVersion = Text(framework, "version");
        Family = framework.TryGetProperty("family", out var family) && family.ValueKind == JsonValueKind.String ? family.GetString() : null;
        ModelClass = Text(Member(document, "model"), "obj");

        // The copy outlives the document that the caller may dispose.
        Document = isNormal ? document : Normalize(document);
        var model = Member(Document, "model");
        Info = Optional(model, "info");
        Params = Optional(model, "params");
        Metrics = Optional(model, "metrics");
        Extra = Optional(Document, "extra");
    }

    /// <summary>The whole document, id and timestamp normalised.</summary>
    public JsonElement Document { get; }

    /// <summary>The model's id, usually a UUID.</summary>
    public string Id { get; }

    /// <summary>When the model was packaged, ISO 8601; of a bare file when it was last written, null where it came as bytes or a stream.</summary>
    public string? Timestamp { get; }

    /// <summary>The family that packages of Flama 2.x name, <c>ml</c> or <c>llm</c>; null for earlier packages and bare files.</summary>
    public string? Family { get; }

    /// <summary>The framework: <c>sklearn</c>, <c>torch</c>, <c>tensorflow</c>, <c>keras</c>, <c>transformers</c>.</summary>
    public string Framework { get; }

    /// <summary>The framework's version at packaging.</summary>
    public string FrameworkVersion { get; }

    /// <summary>The class name of the model, for example <c>Pipeline</c>.</summary>
    public string ModelClass { get; }

    /// <summary>The model's parameters as the original wrote them; null when absent or null.</summary>
    public JsonElement? Info { get; }

    /// <summary>The user's parameters; null when absent or null.</summary>
    public JsonElement? Params { get; }

    /// <summary>The user's metrics; null when absent or null.</summary>
    public JsonElement? Metrics { get; }

    /// <summary>Whatever else the user stored; null when absent or null.</summary>
    public JsonElement? Extra { get; }

    /// <summary>The package's <c>extra.model_version</c> when it is a string or number, else <see cref="Id"/>.</summary>
    public string Version
    {
        get
        {
            if (Extra is { ValueKind: JsonValueKind.Object } extra && extra.TryGetProperty("model_version", out var version))
            {
                if (version.ValueKind == JsonValueKind.String)
                {
                    return version.GetString()!;
                }

                if (version.ValueKind == JsonValueKind.Number)
                {
                    return version.GetRawText();
                }
            }

            return Id;
        }
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            ? value
            : throw new FlamaException(ErrorCodes.Corrupt, $"The package's metadata has no '{name}'.", "Package the model again.");

    private static string Text(JsonElement parent, string name)
    {
        var value = Member(parent, name);
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FlamaException(
                ErrorCodes.Corrupt, $"The package's metadata has '{name}' of type {value.ValueKind}, expected a string.", "Package the model again.");
    }

    private static JsonElement? Optional(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static string NormalizeId(string id)
    {
        var bare = id.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) ? id["urn:uuid:".Length..] : id;
        return Guid.TryParse(bare, CultureInfo.InvariantCulture, out var guid) ? guid.ToString("D") : id;
    }

    private static string NormalizeTimestamp(string timestamp) =>
        timestamp.Length > 10 && timestamp[10] == ' ' && char.IsAsciiDigit(timestamp[9]) ? $"{timestamp[..10]}T{timestamp[11..]}" : timestamp;

    private JsonElement Normalize(JsonElement document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json.JsonOutput.Compact))
        {
            writer.WriteStartObject();
            foreach (var member in document.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                switch (member.Name)
                {
                    case "id":
                        writer.WriteStringValue(Id);
                        break;
                    case "timestamp":
                        writer.WriteStringValue(Timestamp);
                        break;
                    default:
                        writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
                        break;
                }
            }

            writer.WriteEndObject();
        }

        using var normalized = JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 512 });
        return normalized.RootElement.Clone();
    }
}
