using System.Buffers;
using System.Text.Json;
using Flama.Json;

namespace Flama.AspNetCore.Inspect;

/// <summary>What inspecting a model answers: its metadata and the names of its artifacts.</summary>
internal static class InspectDocument
{
    /// <summary>Makes the document, UTF-8.</summary>
    /// <param name="metadata">What the package says of the model.</param>
    /// <param name="artifactNames">The names of the files that came with the model; null when there are none.</param>
    public static byte[] Make(ModelMetadata metadata, IReadOnlyList<string>? artifactNames)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Compact))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("meta"u8);
            metadata.Document.WriteTo(writer);
            writer.WritePropertyName("artifacts"u8);
            WriteArtifacts(writer, artifactNames);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // Where an artifact stands in the package; the server's own paths are nobody's business.
    private static void WriteArtifacts(Utf8JsonWriter writer, IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var name in names)
        {
            writer.WriteString(name, $"artifacts/{name}");
        }

        writer.WriteEndObject();
    }
}
