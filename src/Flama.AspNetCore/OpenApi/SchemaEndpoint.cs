using System.Buffers;
using System.Text.Json;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Answers the path of the OpenAPI document.</summary>
internal sealed class SchemaEndpoint(SchemaDocument document)
{
    private const string ContentType = "application/vnd.oai.openapi+json";

    public async Task HandleAsync(HttpContext context)
    {
        var json = await document.GetAsync();
        var body = WithServer(json, context.Request.PathBase);
        var response = context.Response;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }

    // Where the paths start: the root, or where the application is mounted. The member goes in front of the others.
    private static ReadOnlyMemory<byte> WithServer(byte[] json, PathString mount)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 256);
        using (var writer = new Utf8JsonWriter(output, JsonOutput.Compact))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("servers"u8);
            writer.WriteStartObject();
            writer.WriteString("url"u8, mount.HasValue ? mount.ToUriComponent() : "/");
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.Flush();
            output.Write(","u8);
            output.Write(json.AsSpan(json.AsSpan().IndexOf((byte)'{') + 1));
        }

        return output.WrittenMemory;
    }
}
