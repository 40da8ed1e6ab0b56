using System.Buffers;
using System.Text.Json;
using Flama.Json;
using Flama.Packaging;

namespace Flama.Cli.Models;

/// <summary>The document that <c>inspect</c> shows: the metadata and the artifacts.</summary>
internal static class ModelDocument
{
    /// <summary>Makes the document, compact, keys in the order of the package.</summary>
    /// <param name="metadata">What the package says, or what the engine found out of a bare file.</param>
    /// <param name="artifacts">The files that came with the model.</param>
    public static ReadOnlyMemory<byte> Of(ModelMetadata metadata, ArtifactCollection artifacts)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter writer = new(output, JsonOutput.Compact);
        writer.WriteStartObject();
        writer.WritePropertyName("meta");
        writer.WriteRawValue(metadata.Document.GetRawText(), skipInputValidation: true);
        writer.WritePropertyName("artifacts");
        if (artifacts.Count == 0)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStartObject();
            foreach (var name in artifacts.Names)
            {
                writer.WriteString(name, $"artifacts/{name}");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }
}
