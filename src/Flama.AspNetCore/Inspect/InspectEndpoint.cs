using System.Buffers;
using System.Text.Json;
using Flama.AspNetCore.Models;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Inspect;

/// <summary>Answers <c>GET {url}</c> with the model's metadata and artifacts. The answer never changes and is made once.</summary>
internal sealed class InspectEndpoint(ModelResource resource)
{
    private readonly byte[] document = Make(resource);

    public Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.BodyWriter.Write(document);
        }

        return Task.CompletedTask;
    }

    private static byte[] Make(ModelResource resource)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Compact))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("meta"u8);
            resource.Model.Metadata.Document.WriteTo(writer);
            writer.WritePropertyName("artifacts"u8);
            WriteArtifacts(writer, resource.ArtifactNames);
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
