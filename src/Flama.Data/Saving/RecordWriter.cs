using System.Text.Json;
using Flama.Data.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Saving;

/// <summary>Writes records as answers. Thread-safe.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <param name="shape">What is known of the records.</param>
internal sealed class RecordWriter<TEntity>(EntityShape<TEntity> shape)
    where TEntity : class
{
    private const string Type = "application/json";

    private readonly JsonWriterOptions options = new() { Encoder = shape.Json.Options.Encoder, Indented = shape.Json.Options.WriteIndented };

    /// <summary>Answers with a record, and with the tag of its version.</summary>
    public Task WriteAsync(HttpContext context, DbContext database, TEntity record, int status = StatusCodes.Status200OK)
    {
        if (EntityTag.Of(database.Entry(record), shape.Tokens) is { } tag)
        {
            context.Response.Headers.ETag = tag;
        }

        return WriteAsync(context, status, json => JsonSerializer.Serialize(json, record, shape.Json));
    }

    /// <summary>Answers with records.</summary>
    public Task WriteAsync(HttpContext context, IReadOnlyList<TEntity> records) => WriteAsync(context, StatusCodes.Status200OK, json => Write(json, records));

    /// <summary>Answers with a page of records.</summary>
    /// <param name="context">The request.</param>
    /// <param name="meta">Which page it is.</param>
    /// <param name="records">The records of the page.</param>
    public Task WriteAsync(HttpContext context, object meta, IReadOnlyList<TEntity> records) => WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("meta"u8);
        JsonSerializer.Serialize(json, meta, shape.Json.Options.GetTypeInfo(meta.GetType()));
        json.WritePropertyName("data"u8);
        Write(json, records);
        json.WriteEndObject();
    });

    private void Write(Utf8JsonWriter json, IReadOnlyList<TEntity> records)
    {
        json.WriteStartArray();
        foreach (var record in records)
        {
            JsonSerializer.Serialize(json, record, shape.Json);
        }

        json.WriteEndArray();
    }

    // Written before the status is sent: what cannot be written is an error of its own.
    private async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        using MemoryStream body = new();
        await using (Utf8JsonWriter json = new(body, options))
        {
            write(json);
        }

        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = Type;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
        }
    }
}
