using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Flama.Json;

namespace Flama;

/// <summary>Metadata for a model file without a package: an id that is the same for the same bytes, and the model's own parameters.</summary>
internal static class BareMetadata
{
    private const int UsualLength = 1024;

    /// <summary>Makes the document.</summary>
    /// <param name="source">The file.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="framework">The library, for example <c>sklearn</c>.</param>
    /// <param name="version">The library's version; null or empty when the file does not tell.</param>
    /// <param name="modelClass">The class of the model.</param>
    /// <param name="writeParameters">Writes the parameters, one JSON value.</param>
    public static ModelMetadata Of(
        ModelSource source, ReadOnlySpan<byte> payload, string framework, string? version, string modelClass, Action<Utf8JsonWriter> writeParameters)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualLength);
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("id", ContentId.Of(payload));
            writer.WriteString("timestamp", source.Timestamp?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            writer.WriteStartObject("framework");
            writer.WriteString("lib", framework);
            writer.WriteString("version", string.IsNullOrEmpty(version) ? "unknown" : version);
            writer.WriteEndObject();
            writer.WriteStartObject("model");
            writer.WriteString("obj", modelClass);
            writer.WritePropertyName("info");
            writeParameters(writer);
            writer.WriteNull("params");
            writer.WriteNull("metrics");
            writer.WriteEndObject();
            writer.WriteNull("extra");
            writer.WriteEndObject();
        }

        return new ModelMetadata(PythonJson.Parse(buffer.WrittenSpan), isNormal: true);
    }
}
