using System.Buffers;
using System.IO.Pipelines;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Errors;
using Flama.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flama.AspNetCore.Predict;

/// <summary>Reads the rows of a request from its body. Thread-safe.</summary>
/// <remarks>
/// A body that is there already is parsed in the server's own buffer. One that arrives in pieces is collected first, in a buffer that
/// grows with what arrived and never with what was announced.
/// </remarks>
internal sealed class PredictRequestReader(FlamaHttpOptions options, PooledBuffers buffers)
{
    private readonly long limit = options.MaxRequestBodyBytes;

    /// <summary>Reads the rows; the caller disposes them.</summary>
    /// <exception cref="FlamaException">The body is not JSON, too large, or not rows that the model takes.</exception>
    public ValueTask<ModelInput> ReadAsync(HttpContext context, InputReader reader)
    {
        var request = context.Request;
        if (!JsonMediaType.Is(request.ContentType))
        {
            throw ErrorResponder.UnsupportedMediaType(request.ContentType);
        }

        if (request.ContentLength > limit)
        {
            LetTheRestBeReadAway(context);
            throw ErrorResponder.TooLarge(limit);
        }

        if (BodyEncoding.IsUsed(request))
        {
            return DecompressAsync(context, reader);
        }

        var reading = request.BodyReader.ReadAsync(context.RequestAborted);
        if (reading.IsCompletedSuccessfully)
        {
            var result = reading.Result;
            return IsWhole(request, result)
                ? ValueTask.FromResult(Parse(request.BodyReader, result.Buffer, reader))
                : CollectAsync(context, new ValueTask<ReadResult>(result), reader);
        }

        return CollectAsync(context, reading, reader);
    }

    // After the answer, the server reads the rest away: a client that is still sending would see a reset connection, not the answer.
    private static void LetTheRestBeReadAway(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private static bool IsWhole(HttpRequest request, ReadResult result) =>
        result.IsCompleted || result.Buffer.Length == request.ContentLength;

    private ModelInput Parse(PipeReader body, ReadOnlySequence<byte> json, InputReader reader)
    {
        try
        {
            return json.Length <= limit ? reader.ReadRequest(json) : throw ErrorResponder.TooLarge(limit);
        }
        finally
        {
            body.AdvanceTo(json.End);
        }
    }

    private async ValueTask<ModelInput> DecompressAsync(HttpContext context, InputReader reader)
    {
        var collected = buffers.Rent();
        try
        {
            await BodyEncoding.ReadAsync(context.Request, limit, collected, context.RequestAborted);
            return reader.ReadRequest(collected.WrittenSpan);
        }
        finally
        {
            buffers.Return(collected);
        }
    }

    private async ValueTask<ModelInput> CollectAsync(HttpContext context, ValueTask<ReadResult> reading, InputReader reader)
    {
        var body = context.Request.BodyReader;
        var result = await reading;
        if (IsWhole(context.Request, result))
        {
            return Parse(body, result.Buffer, reader);
        }

        var collected = buffers.Rent();
        try
        {
            while (true)
            {
                Append(collected, result.Buffer, limit);
                body.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return reader.ReadRequest(collected.WrittenSpan);
                }

                result = await body.ReadAsync(context.RequestAborted);
            }
        }
        finally
        {
            buffers.Return(collected);
        }
    }

    private static void Append(PooledBuffer collected, in ReadOnlySequence<byte> piece, long limit)
    {
        if (collected.Length + piece.Length > limit)
        {
            throw ErrorResponder.TooLarge(limit);
        }

        foreach (var segment in piece)
        {
            collected.Write(segment.Span);
        }
    }
}
