using System.Buffers;
using System.Text.Json;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Caching;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Writes the answer of a method. Thread-safe.</summary>
/// <remarks>
/// A small answer goes out at once, with its length. A large one is written in parts while the client takes them, so that it is never in memory as a whole;
/// what is wrong with the request is known before.
/// </remarks>
internal sealed class PredictResponseWriter(PooledBuffers buffers)
{
    private const string ContentType = "application/json";

    // Of text, what is written into the buffer before it is looked at.
    private const int ValuesPerPart = 1024;

    private static readonly JsonEncodedText OutputName = JsonEncodedText.Encode("output");
    private static readonly JsonEncodedText ProbabilitiesName = JsonEncodedText.Encode("probabilities");

    /// <summary>Writes <c>{"output":…}</c>.</summary>
    public async ValueTask WriteAsync(HttpContext context, ModelOutput output, PredictExtras? extras)
    {
        if (output.First is not PredictionBatch && TensorBody.IsAccepted(context.Request) && TensorBody.CanWrite(output))
        {
            await TensorBody.WriteAsync(context, output);
            return;
        }

        var buffer = buffers.Rent();
        try
        {
            var json = buffer.Json;
            json.WriteStartObject();
            json.WritePropertyName(OutputName);
            await WriteAsync(context, output, buffer);
            if (extras is not null)
            {
                await WriteAsync(context, extras, buffer);
            }

            json.WriteEndObject();
            json.Flush();
            await SendAsync(context.Response, buffer, context.RequestAborted);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    /// <summary>Writes <c>{"output":…}</c> from an answer that was computed before.</summary>
    public async ValueTask WriteAsync(HttpContext context, byte[] answer, PredictExtras? extras)
    {
        var buffer = buffers.Rent();
        try
        {
            var json = buffer.Json;
            json.WriteStartObject();
            json.WritePropertyName(OutputName);
            json.WriteRawValue(CachedAnswer.OutputOf(answer), skipInputValidation: true);
            if (CachedAnswer.ProbabilitiesOf(answer) is { IsEmpty: false } probabilities)
            {
                json.WritePropertyName(ProbabilitiesName);
                json.WriteRawValue(probabilities, skipInputValidation: true);
            }

            extras?.WriteTo(json);
            json.WriteEndObject();
            json.Flush();
            await SendAsync(context.Response, buffer, context.RequestAborted);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private static ValueTask SendAsync(HttpResponse response, PooledBuffer buffer, CancellationToken cancellationToken)
    {
        if (!response.HasStarted)
        {
            response.ContentType = ContentType;
            response.ContentLength = buffer.Length;
        }

        if (buffer.Length > BodyWriterExtensions.Piece)
        {
            return response.BodyWriter.WriteInPiecesAsync(buffer.WrittenMemory, cancellationToken);
        }

        // The server sends headers and body together when the request ends.
        response.BodyWriter.Write(buffer.WrittenSpan);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WriteAsync(HttpContext context, PredictExtras extras, PooledBuffer buffer)
    {
        if (extras.Probabilities is { } probabilities)
        {
            buffer.Json.WritePropertyName(ProbabilitiesName);
            await WriteAsync(context, probabilities, buffer);
        }

        extras.WriteTo(buffer.Json);
    }

    private static ValueTask WriteAsync(HttpContext context, ModelOutput output, PooledBuffer buffer)
    {
        OutputPosition position = default;
        return OutputWriter.WritePart(buffer.Json, output, ref position, ValuesPerPart) ? ValueTask.CompletedTask : WriteRestAsync(context, output, position, buffer);
    }

    private static async ValueTask WriteRestAsync(HttpContext context, ModelOutput output, OutputPosition position, PooledBuffer buffer)
    {
        do
        {
            buffer.Json.Flush();
            if (buffer.Length >= BodyWriterExtensions.Piece)
            {
                if (!context.Response.HasStarted)
                {
                    context.Response.ContentType = ContentType;
                }

                await context.Response.BodyWriter.WriteInPiecesAsync(buffer.WrittenMemory, context.RequestAborted);
                buffer.Drain();
            }
        }
        while (!OutputWriter.WritePart(buffer.Json, output, ref position, ValuesPerPart));
    }
}
