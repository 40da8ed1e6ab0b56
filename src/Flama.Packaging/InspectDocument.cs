using System.Buffers;
using System.Text.Json;
using Flama.Json;

namespace Flama.Packaging;

/// <summary>What inspecting a model shows: its metadata and the files that came with it.</summary>
public static class InspectDocument
{
    /// <summary>Makes the document: <c>{"meta": {…}, "artifacts": {name: "artifacts/name"} or null}</c>.</summary>
    /// <remarks>For packages of Flama 2.x, which name a family, also <c>"manifest": [name]</c>, as that version answers.</remarks>
    /// <param name="metadata">What the package tells of the model, or what the engine found in a bare file.</param>
    /// <param name="artifactNames">The names of the files that came with the model; null or empty when there are none.</param>
    /// <returns>Compact JSON, UTF-8, keys in the order of the package. An artifact's path is its path in the package, never one of this machine.</returns>
    public static ReadOnlyMemory<byte> Write(ModelMetadata metadata, IReadOnlyList<string>? artifactNames)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter writer = new(output, JsonOutput.Compact);
        writer.WriteStartObject();
        writer.WritePropertyName("meta"u8);
        metadata.Document.WriteTo(writer);
        writer.WritePropertyName("artifacts"u8);
        WriteArtifacts(writer, artifactNames ?? []);
        if (metadata.Family is not null)
        {
            writer.WriteStartArray("manifest"u8);
            foreach (var name in artifactNames ?? [])
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    /// <summary>Makes the document without what the model is made of: <c>{"meta": {"id": …, "timestamp": …}, "artifacts": null}</c>.</summary>
    /// <param name="metadata">What the package tells of the model.</param>
    public static ReadOnlyMemory<byte> WriteIdentity(ModelMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter writer = new(output, JsonOutput.Compact);
        writer.WriteStartObject();
        writer.WriteStartObject("meta"u8);
        writer.WriteString("id"u8, metadata.Id);
        writer.WriteString("timestamp"u8, metadata.Timestamp);
        writer.WriteEndObject();
        writer.WriteNull("artifacts"u8);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void WriteArtifacts(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
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
