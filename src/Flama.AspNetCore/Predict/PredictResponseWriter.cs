using System.Buffers;
using System.Text.Json;
using Flama.AspNetCore.Buffers;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Writes the answer of a method. Thread-safe.</summary>
internal sealed class PredictResponseWriter(PooledBuffers buffers)
{
    private const string ContentType = "application/json";

    private static readonly JsonEncodedText OutputName = JsonEncodedText.Encode("output");

    // Up to here the server sends headers and body together when the request ends; beyond, the body is flushed so that it is not held twice.
    private const int FlushFrom = 32 * 1024;

    /// <summary>Writes <c>{"output":…}</c>.</summary>
    public async ValueTask WriteAsync(HttpContext context, ModelOutput output, PredictExtras? extras)
    {
        var buffer = buffers.Rent();
        try
        {
            var json = buffer.Json;
            json.WriteStartObject();
            json.WritePropertyName(OutputName);
            OutputWriter.Write(json, output);
            extras?.WriteTo(json);
            json.WriteEndObject();
            json.Flush();
            var response = context.Response;
            response.ContentType = ContentType;
            response.ContentLength = buffer.Length;
            if (buffer.Length < FlushFrom)
            {
                response.BodyWriter.Write(buffer.WrittenSpan);
            }
            else
            {
                await response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
            }
        }
        finally
        {
            buffers.Return(buffer);
        }
    }
}
