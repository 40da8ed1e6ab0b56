using System.Buffers;
using System.Text.Json;
using Flama.Hosting.Health;
using Flama.Hosting.Repository;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Repository;

/// <summary>Models of a repository as JSON.</summary>
internal static class RepositoryJson
{
    /// <summary>Writes a model with its versions, an object.</summary>
    public static void Write(Utf8JsonWriter json, RepositoryModel model)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, model.Name);
        json.WriteString("default"u8, model.Default?.Name);
        json.WriteStartObject("labels"u8);
        foreach (var (label, version) in model.Labels)
        {
            json.WriteString(label, version);
        }

        json.WriteEndObject();
        json.WriteStartArray("versions"u8);
        foreach (var version in model.Versions)
        {
            json.WriteStartObject();
            json.WriteString("version"u8, version.Name);
            json.WriteBoolean("loaded"u8, version.IsLoaded);
            json.WriteNumber("memory_bytes"u8, version.MemoryBytes);
            json.WriteString("last_error"u8, ModelHealth.CodeOf(version.LastError));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("fault"u8, model.Fault);
        json.WriteEndObject();
    }

    /// <summary>Answers with a document.</summary>
    public static async Task RespondAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> output = new();
        await using (Utf8JsonWriter json = new(output, JsonOutput.Compact))
        {
            write(json);
        }

        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = output.WrittenCount;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(output.WrittenMemory, context.RequestAborted);
        }
    }
}
